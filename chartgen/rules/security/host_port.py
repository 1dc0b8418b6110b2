"""Containers that take a port of their node."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class HostPort(PodRule):
    """A container takes a port of its node.

    ## Why
    Only one pod of a node can have the port, so replicas and rolling updates wait for free nodes, and the port is
    open to everyone who reaches the node. A Service gives the same without either. Pod Security `baseline` refuses
    it. Pods on the host's network are reported by `host-namespace`.

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

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each hostPort other than 0, which means none."""
        if pod.body.get("hostNetwork") is True:
            return
        for container in pod.containers:
            for index, port in enumerate(items(container.body, "ports")):
                if isinstance(port, dict) and port.get("hostPort"):
                    yield self.fault(
                        Place.on(obj, container.at("ports", index, "hostPort")),
                        f"{container.title} takes port {port['hostPort']} of its node",
                        help="remove hostPort and reach the pod through a Service",
                    )
