"""Capabilities beyond those Pod Security baseline lets a container add."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, capability, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_HARMLESS = frozenset(
    {
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
        "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    }
)  # fmt: skip
# Source: Pod Security Standards, profile baseline, "Capabilities".


class DangerousCapability(PodRule):
    """A container adds a capability that reaches beyond its own pod.

    ## Why
    `SYS_ADMIN` is nearly root, `SYS_PTRACE` reads other processes, `SYS_MODULE` loads kernel modules, `NET_ADMIN`
    rewires the network, `NET_RAW` forges packets. Pod Security `baseline` refuses all but thirteen harmless ones.
    An agent that truly needs one should say so in a suppression with a reason.

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

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report the added capabilities that baseline does not allow, once for each container."""
        for container in pod.containers:
            added = items(container.security, "capabilities", "add")
            found = [(index, capability(item)) for index, item in enumerate(added)]
            found = [(index, name) for index, name in found if name and name not in _HARMLESS]
            if found:
                yield self.fault(
                    Place.on(obj, container.at("securityContext", "capabilities", "add", found[0][0])),
                    f"{container.title} adds {', '.join(name for _, name in found)}",
                    help="remove what is not needed, or add a narrower capability",
                )
