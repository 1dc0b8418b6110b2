"""Containers that no mechanism of the kernel confines."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class MissingLinuxHardening(PodRule):
    """A container uses none of the kernel's ways to confine it.

    ## Why
    Seccomp, AppArmor, SELinux and dropped capabilities each limit what a process can do to its node. A container that
    uses any one of them is passed over here; `missing-seccomp-profile` and `capabilities-not-dropped` ask for the two
    that every cluster has.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web # here
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              securityContext:
                capabilities:
                  drop: [ALL]
    ```

    ## Good: for the whole pod
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          securityContext:
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "missing-linux-hardening"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for any one of the four."""
        for container in pod.containers:
            if not _is_confined(pod, container):
                yield self.fault(
                    Place.on(obj, container.at("securityContext")),
                    f"{container.title} is confined by neither seccomp, AppArmor, SELinux nor dropped capabilities",
                    help="set seccompProfile.type: RuntimeDefault on the pod, and drop capabilities",
                    fix=Fix(
                        "use the runtime's seccomp profile",
                        (SetField(pod.at("securityContext", "seccompProfile", "type"), "RuntimeDefault"),),
                    ),
                )


def _is_confined(pod: PodSpec, container: Container) -> bool:
    seccomp, _ = pod.effective(container, "seccompProfile")
    if text(seccomp, "type") not in ("", "Unconfined"):
        return True
    app_armor, _ = pod.effective(container, "appArmorProfile")
    annotation = f"container.apparmor.security.beta.kubernetes.io/{container.name}"
    if text(app_armor, "type") not in ("", "Unconfined") or annotation in pod.annotations:
        return True
    return bool(pod.effective(container, "seLinuxOptions")[0]) or (
        bool(container.dropped) and "ALL" not in container.added
    )
