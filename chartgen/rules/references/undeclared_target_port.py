"""Services that lead to a number nobody declares."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import is_headless, listed, pods_of_service, port_numbers, service_ports


class UndeclaredTargetPort(ObjectRule):
    """A Service leads to a port number that its pods do not declare, although they declare others.

    ## Why
    Kubernetes does not need the declaration, so the Service may work. More often the number of the container's port was
    changed in one place: connections are refused then. A name for the port, used in both places, cannot get out of
    step.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
          targetPort: 8080 # here
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          ports:
            - name: http
              containerPort: 8000
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
          targetPort: http
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          ports:
            - name: http
              containerPort: 8000
    ```
    """

    id = "undeclared-target-port"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = frozenset({"Service"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up each number among the ports of the pods; a headless Service's ports are only names in the DNS."""
        pods = pods_of_service(obj, ctx)
        known = frozenset().union(*(port_numbers(pod) for _, pod in pods))
        if not known or is_headless(obj):
            return
        for pointer, port in service_ports(obj):
            target = port.get("targetPort", port.get("port"))
            if isinstance(target, int) and target not in known:
                yield self.fault(
                    Place.on(obj, pointer / ("targetPort" if "targetPort" in port else "port")),
                    f"leads to port {target}, which {listed(pod.ref for pod, _ in pods)} does not declare",
                    help=f"the ports declared there: {', '.join(map(str, sorted(known)))}",
                )
