"""Probes of ports that the container does not name."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import named

_HANDLERS = tuple(
    (*path, action)
    for path in (
        ("startupProbe",),
        ("readinessProbe",),
        ("livenessProbe",),
        ("lifecycle", "postStart"),
        ("lifecycle", "preStop"),
    )
    for action in ("httpGet", "tcpSocket")
)


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
    """

    id = "probe-port-undeclared"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up the named port of every probe and lifecycle handler."""
        for container in pod.containers:
            names: frozenset[str] | None = None
            for path in _HANDLERS:
                port = get(container.body, *path, "port")
                if not isinstance(port, str) or port.isdecimal():
                    continue
                if names is None:
                    names = frozenset(text(one, "name") for one in container.ports) - {""}
                if port not in names:
                    yield self.fault(
                        Place.on(obj, container.at(*path, "port")),
                        f"the {path[-2]} of {container.title} asks port {port!r}, which the container does not declare",
                        help=f"the ports it names: {named(names)}",
                    )
