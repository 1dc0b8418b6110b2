"""Capabilities beyond those Pod Security baseline lets a container add."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec, capability, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple

_HARMLESS = (
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
    "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
)  # fmt: skip
# Source: Pod Security Standards, profile baseline, "Capabilities".


class Options(NamedTuple):
    """Which added capabilities are too many."""

    allowed: tuple[str, ...] = _HARMLESS
    only: tuple[str, ...] = ()
    pod_security: Literal["", "baseline", "restricted"] = ""


class DangerousCapability(PodRule):
    """A container adds a capability that reaches beyond its own pod.

    ## Why
    `SYS_ADMIN` is nearly root, `SYS_PTRACE` reads other processes, `SYS_MODULE` loads kernel modules, `NET_ADMIN`
    rewires the network, `NET_RAW` forges packets. Pod Security `baseline` refuses all but thirteen harmless ones.
    An agent that truly needs one should say so in a suppression with a reason.

    ## Options
    - `allowed` (default the thirteen of Pod Security `baseline`): capabilities that may be added.
    - `only` (default none): report these and no others, for example `SYS_ADMIN`; `*` stands for all.
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
            - name: web
              image: example/web:1.2.0
              securityContext:
                capabilities:
                  add:
                    - NET_BIND_SERVICE
                    - SYS_ADMIN # here
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

    id = "dangerous-capability"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    pod_security = Profile.PSS_BASELINE
    keys = ("capabilities",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report the added capabilities that are too many, once for each container."""
        if self.options.pod_security == "restricted" and text(pod.body, "os", "name") == "windows":
            return
        for container in pod.containers:
            found = self._dangerous(container)
            if found:
                yield self.fault(
                    Place.on(obj, container.at("securityContext", "capabilities", "add", found[0][0])),
                    f"{container.title} adds {', '.join(name for _, name in found)}",
                    help="remove what is not needed, or add a narrower capability",
                    fix=self._fix(container, found),
                )

    def _fix(self, container: Container, found: list[tuple[int, str]]) -> Fix:
        """Leave the others; where there are none, leave the list empty."""
        at = container.at("securityContext", "capabilities", "add")
        bad = {index for index, _ in found}
        rest = [item for index, item in enumerate(items(container.security, "capabilities", "add")) if index not in bad]
        return Fix(f"do not add {', '.join(name for _, name in found)}", (SetField(at, rest),), safe=False)

    def _dangerous(self, container: Container) -> list[tuple[int, str]]:
        """The capabilities that are too many, with their places; Pod Security knows them by their exact names only."""
        added = items(container.security, "capabilities", "add")
        level = self.options.pod_security
        names = enumerate(item if level and isinstance(item, str) else capability(item) for item in added)
        if level:
            allowed = ("NET_BIND_SERVICE",) if level == "restricted" else _HARMLESS
            return [(index, name) for index, name in names if name and name not in allowed]
        only = self.options.only
        if only:
            return [(index, name) for index, name in names if name and (name in only or "*" in only)]
        return [(index, name) for index, name in names if name and name not in self.options.allowed]
