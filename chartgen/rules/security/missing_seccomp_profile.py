"""Containers that may make any system call."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import Container, PodSpec, text
from chartgen.rules.base import Fault, Place, Profile
from chartgen.rules.security._restricted import HardeningRule


class MissingSeccompProfile(HardeningRule):
    """A container may make every system call of its node's kernel.

    ## Why
    Without a profile a container runs unconfined, unless its kubelet is told otherwise, and most escapes go through
    a system call that no service needs. `RuntimeDefault` blocks those and breaks hardly anything; Pod Security
    `restricted` asks for it. One line on the pod serves all its containers.

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
            - name: debug
              image: example/debug:1.2.0
              securityContext:
                seccompProfile:
                  type: Unconfined # here
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
          securityContext:
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "missing-seccomp-profile"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Look at the profile that applies to each container; a privileged one is unconfined anyway."""
        profile, at = pod.effective(container, "seccompProfile")
        kind = text(profile, "type")
        if kind in ("RuntimeDefault", "Localhost") or container.security.get("privileged") is True:
            return
        what = f"has the seccomp profile {kind}" if kind else "has no seccomp profile"
        yield self.fault(
            Place.on(obj, at / "type"),
            f"{container.title} {what} and may make every system call",
            help="set securityContext.seccompProfile.type: RuntimeDefault on the pod",
        )
