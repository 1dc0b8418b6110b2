"""Probes of ports that the container does not name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import Container, PodSpec, get, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import named
from chartgen.tuples import NamedTuple

_HANDLERS = {
    "startupProbe": ("startupProbe",),
    "readinessProbe": ("readinessProbe",),
    "livenessProbe": ("livenessProbe",),
    "postStart": ("lifecycle", "postStart"),
    "preStop": ("lifecycle", "preStop"),
}


class Options(NamedTuple):
    """Which ports are looked up, and whose."""

    numbers: bool = False
    handlers: tuple[str, ...] = tuple(_HANDLERS)


class ProbePortUndeclared(PodRule):
    """A probe names a port that its container does not declare.

    ## Why
    The kubelet looks a named port up in the container's own `ports`. When it is not there the probe fails every time:
    the pod never becomes ready, or is restarted for ever.

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
            - name: web
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /ready
              port: http # here
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
          readinessProbe:
            httpGet:
              path: /ready
              port: http
    ```

    ## Options
    - `numbers` (default false): ports given as numbers must be declared as well, and all of them for TCP. Kubernetes
      does not ask for that.
    - `handlers` (default all of `startupProbe`, `readinessProbe`, `livenessProbe`, `postStart`, `preStop`): what is
      judged.
    """

    id = "probe-port-undeclared"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("httpGet", "tcpSocket", "grpc")
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up the port of every probe and lifecycle handler."""
        for container in pod.containers:
            for handler in self.options.handlers:
                for action in ("httpGet", "tcpSocket", "grpc"):
                    path = (*_HANDLERS.get(handler, (handler,)), action, "port")
                    port = get(container.body, *path)
                    if port is not None and not self._is_declared(port, container):
                        yield self.fault(
                            Place.on(obj, container.at(*path)),
                            f"the {handler} of {container.title} asks port {port!r},"
                            " which the container does not declare",
                            help=f"the ports it {self._known(container)}",
                        )

    def _is_declared(self, port: Any, container: Container) -> bool:
        if isinstance(port, str) and not port.isdecimal():
            return any(text(one, "name") == port for one in self._ports(container))
        numbers = [str(one.get("containerPort")) for one in self._ports(container)]
        return not self.options.numbers or str(port) in numbers

    def _ports(self, container: Container) -> Sequence[Mapping[str, Any]]:
        if not self.options.numbers:
            return container.ports
        return [one for one in container.ports if one.get("protocol", "TCP") == "TCP"]

    def _known(self, container: Container) -> str:
        if not self.options.numbers:
            return f"names: {named(frozenset(text(one, 'name') for one in container.ports) - {''})}"
        return f"declares: {', '.join(str(one.get('containerPort')) for one in container.ports) or 'none'}"
