"""Containers that may make any system call."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec, get, text
from chartgen.rules.base import Fault, Place, Profile
from chartgen.rules.security._restricted import HardeningRule
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which profiles count, and whose are asked for."""

    accepted: tuple[str, ...] = ("RuntimeDefault", "Localhost", "Unconfined")
    init_containers: bool = True
    pod_decides: bool = False
    privileged: bool = False
    all_pods: bool = False
    pod_security: Literal["", "baseline", "restricted"] = ""


class MissingSeccompProfile(HardeningRule):
    """A container may make every system call of its node's kernel.

    ## Why
    Without a profile a container runs unconfined, unless its kubelet is told otherwise, and most escapes go through
    a system call that no service needs. `RuntimeDefault` blocks those and breaks hardly anything; Pod Security
    `restricted` asks for it. One line on the pod serves all its containers. A profile that is switched off is
    reported by `unconfined-seccomp-profile`.

    ## Options
    - `accepted` (default `RuntimeDefault`, `Localhost`, `Unconfined`): the types that count as a profile.
    - `init-containers` (default true): ask init containers too.
    - `pod-decides` (default false): be content with the profile of the pod, whatever its containers say.
    - `privileged` (default false): ask privileged containers too, which are unconfined whatever they say.
    - `all-pods` (default false): look at Windows pods and at those of `helm test` too.
    - `pod-security` (default none; `baseline` or `restricted`): read exactly as this level of the Pod Security
      Standards, as the profiles `pss-baseline` and `pss-restricted` do.

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
              securityContext: # here
                runAsNonRoot: true
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
    pod_security = Profile.PSS_RESTRICTED
    options: Options = Options()

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Look for the profile that applies to each container; a privileged one is unconfined anyway."""
        profile, at = pod.effective(container, "seccompProfile")
        if self.options.pod_decides:
            profile = get(pod.body, "securityContext", "seccompProfile") or profile
        kind = text(profile, "type") if isinstance(profile, dict) else None
        if kind == "" or kind in self.options.accepted or (kind is not None and self.options.pod_security):
            return
        if container.security.get("privileged") is True and not self.options.privileged:
            return
        if container.role in ("init", "sidecar") and not (self.options.init_containers or self.options.pod_security):
            return
        yield self.fault(
            Place.on(obj, at / "type"),
            f"{container.title} has the seccomp profile {kind}"
            if kind
            else f"{container.title} has no seccomp profile and may make every system call",
            help="set securityContext.seccompProfile.type: RuntimeDefault on the pod",
            fix=Fix(
                "use the runtime's seccomp profile",
                (SetField(pod.at("securityContext", "seccompProfile", "type"), "RuntimeDefault"),),
            ),
        )
