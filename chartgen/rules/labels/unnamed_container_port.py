"""Ports without a name."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
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

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the ports of all containers."""
        for container in pod.containers:
            for index, port in enumerate(container.ports):
                if not port.get("name"):
                    yield self.fault(
                        Place.on(obj, container.at("ports", index, "containerPort")),
                        f"{container.title} has no name for port {port.get('containerPort')}",
                        help="set name, for example http",
                    )
