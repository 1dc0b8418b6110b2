"""Containers that keep the capabilities their runtime hands out."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec, items
from chartgen.rules.base import Fault, Place, Profile
from chartgen.rules.security._restricted import HardeningRule
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What must be dropped, and by whom."""

    required: tuple[str, ...] = ("ALL",)
    unset: bool = True
    added_back: bool = False
    privileged: bool = False
    all_pods: bool = False
    pod_security: Literal["", "baseline", "restricted"] = ""


class CapabilitiesNotDropped(HardeningRule):
    """A container keeps the Linux capabilities its runtime gives by default.

    ## Why
    Runtimes give a container about fourteen capabilities: forging packets, changing owners, binding low ports.
    Few services need any of them. Dropping `ALL` and adding back what is needed leaves an intruder less; Pod Security
    `restricted` asks for it and allows only `NET_BIND_SERVICE` to be added.

    ## Options
    - `required` (default `ALL`): what a container must drop; one that drops `ALL` has dropped each of them.
    - `unset` (default true): report containers that say nothing about capabilities, too.
    - `added-back` (default false): report containers that add what they must drop, too.
    - `privileged` (default false): ask privileged containers too, for which dropping changes nothing.
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
                capabilities:
                  drop: # here
                    - NET_RAW
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
                  add: [NET_BIND_SERVICE]
    ```
    """

    id = "capabilities-not-dropped"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    pod_security = Profile.PSS_RESTRICTED
    options: Options = Options()

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Look for what is required among the dropped; a privileged container has them all whatever it drops."""
        if container.security.get("privileged") is True and not self.options.privileged:
            return
        if not self.options.unset and not isinstance(container.security.get("capabilities"), dict):
            return
        if self._drops_enough(container):
            return
        what = f"drops only {', '.join(container.dropped)}" if container.dropped else "drops no capabilities"
        yield self.fault(
            Place.on(obj, container.at("securityContext", "capabilities", "drop"), key=True),
            f"{container.title} {what}",
            help="set securityContext.capabilities.drop: [ALL] and add back what the program needs",
            fix=Fix(
                "drop all capabilities",
                (SetField(container.at("securityContext", "capabilities", "drop"), ["ALL"]),),
                safe=False,
            ),
        )

    def _drops_enough(self, container: Container) -> bool:
        """Whether all that is required is dropped; Pod Security knows capabilities by their exact names only."""
        if self.options.pod_security:
            return "ALL" in items(container.security, "capabilities", "drop")
        dropped = {*container.dropped, *(self.options.required if "ALL" in container.dropped else ())}
        if self.options.added_back:
            dropped -= {*container.added, *(self.options.required if "ALL" in container.added else ())}
        return dropped.issuperset(self.options.required)
