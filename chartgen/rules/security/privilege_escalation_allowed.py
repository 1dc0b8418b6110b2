"""Containers whose processes may gain rights they did not start with."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec
from chartgen.rules.base import Fault, Place, Profile
from chartgen.rules.security._restricted import HardeningRule
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What counts as allowing it."""

    unset: bool = True
    implied: bool = False
    all_pods: bool = False
    pod_security: Literal["", "baseline", "restricted"] = ""


class PrivilegeEscalationAllowed(HardeningRule):
    """A process in a container may gain more rights than it started with.

    ## Why
    Unless `allowPrivilegeEscalation` is false, a set-uid program in the image (`sudo`, `su`, an old `ping`) turns
    an ordinary user into root. Kubernetes allows it when nothing is said; Pod Security `restricted` wants an
    explicit false. The field exists only on containers, not on pods. A privileged container, or one with
    `SYS_ADMIN`, cannot have it: those are reported by `privileged-container` and `dangerous-capability`.

    ## Options
    - `unset` (default true): report containers that do not set the field, too.
    - `implied` (default false): report privileged containers and those with `SYS_ADMIN` too, unless they set false.
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
            - name: proxy
              image: example/proxy:1.2.0
              securityContext:
                allowPrivilegeEscalation: true # here
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
                allowPrivilegeEscalation: false
    ```
    """

    id = "privilege-escalation-allowed"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    pod_security = Profile.PSS_RESTRICTED
    options: Options = Options()

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Ask for an explicit false wherever it can be given."""
        allowed = container.security.get("allowPrivilegeEscalation")
        implied = container.security.get("privileged") is True or "SYS_ADMIN" in container.added
        if allowed is False or (implied and not self.options.implied):
            return
        if allowed is True:
            why = "allowPrivilegeEscalation is true"
        elif implied:
            why = "it is privileged or has SYS_ADMIN"
        elif self.options.unset or self.options.pod_security:
            why = "allowPrivilegeEscalation is not set"
        else:
            return
        yield self.fault(
            Place.on(obj, container.at("securityContext", "allowPrivilegeEscalation")),
            f"{container.title} may gain more rights than it started with: {why}",
            help="set securityContext.allowPrivilegeEscalation: false on the container",
            fix=None if implied else self._fix(container, safe=allowed is not True),
        )

    def _fix(self, container: Container, *, safe: bool) -> Fix:
        wanted = SetField(container.at("securityContext", "allowPrivilegeEscalation"), False)
        return Fix("allow no privilege escalation", (wanted,), safe)
