"""Ports without a name."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class UnnamedContainerPort(PodRule):
    """A container declares a port without a name.

    ## Why
    Services, probes and monitors can refer to a name, and need not change when the number does. Some houses demand it;
    where they do not, a number is as good, so this is only looked at when it is asked for.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          ports:
            - containerPort: 8080 # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          ports:
            - name: http
              containerPort: 8080
    ```
    """

    id = "unnamed-container-port"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    keys = ("ports",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the ports of all containers."""
        for container in pod.containers:
            for index, port in enumerate(container.ports):
                if not port.get("name"):
                    yield self.fault(
                        Place.on(obj, container.at("ports", index, "containerPort")),
                        f"{container.title} has no name for port {port.get('containerPort')}",
                        help="set name, for example http",
                        fix=_fix(pod, container, index),
                    )


_USUAL: dict[object, str] = {80: "http", 8080: "http", 443: "https", 8443: "https", 9090: "metrics"}


def _fix(pod: PodSpec, container: Container, index: int) -> Fix | None:
    """Name the port by its use, where its number tells, or by its number; not twice the same in a pod."""
    number = container.ports[index].get("containerPort")
    if not isinstance(number, int):
        return None
    taken = {port.get("name") for one in pod.containers for port in one.ports}
    usual = _USUAL.get(number, "")
    numbers = [port.get("containerPort") for one in pod.containers for port in one.ports]
    is_free = usual and usual not in taken and sum(_USUAL.get(other, "") == usual for other in numbers) == 1
    name = usual if is_free else f"port-{number}"
    wanted = SetField(container.at("ports", index, "name"), name)
    return Fix(f"call port {number} {name}", (wanted,), safe=False)
