"""Containers that take a port of their node."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.kube.access import PodSpec, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which ports may be taken."""

    allowed: tuple[str, ...] = ()
    on_host_network: bool = False


class HostPort(PodRule):
    """A container takes a port of its node.

    ## Why
    Only one pod of a node can have the port, so replicas and rolling updates wait for free nodes, and the port is
    open to everyone who reaches the node. A Service gives the same without either. Pod Security `baseline` refuses
    it. Pods on the host's network are reported by `host-namespace`.

    ## Options
    - `allowed` (default none): ports that may be taken, single ones or ranges: `8080`, `30000-31000`.
    - `on-host-network` (default false): report pods on the host's network too.

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
              ports:
                - containerPort: 8080
                  hostPort: 80 # here
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
              ports:
                - containerPort: 8080
    ```
    """

    id = "host-port"
    severity = Severity.WARNING
    profile = Profile.BASELINE
    pod_security = Profile.PSS_BASELINE
    keys = ("hostPort",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each hostPort other than 0, which means none."""
        if pod.body.get("hostNetwork") is True and not self.options.on_host_network:
            return
        for container in pod.containers:
            for index, port in enumerate(items(container.body, "ports")):
                if isinstance(port, dict) and port.get("hostPort") and not self._is_allowed(port["hostPort"]):
                    yield self.fault(
                        Place.on(obj, container.at("ports", index, "hostPort")),
                        f"{container.title} takes port {port['hostPort']} of its node",
                        help="remove hostPort and reach the pod through a Service",
                        fix=Fix(
                            "take no port of the node",
                            (RemoveField(container.at("ports", index, "hostPort")),),
                            safe=False,
                        ),
                    )

    def _is_allowed(self, port: Any) -> bool:
        for allowed in self.options.allowed:
            first, _, last = allowed.partition("-")
            last = last or first
            if first.isdecimal() and last.isdecimal() and isinstance(port, int) and int(first) <= port <= int(last):
                return True
        return False
