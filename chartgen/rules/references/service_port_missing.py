"""Services that lead to a port their pods do not have."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import is_headless, listed, named, pods_of_service, port_names, service_ports


class ServicePortMissing(ObjectRule):
    """A Service's targetPort names a port that none of its pods has.

    ## Why
    A named `targetPort` is looked up among the ports of the containers. When no container declares that name, the
    port has no endpoints and every connection to it fails; behind a headless Service only its DNS record is missing.

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
          targetPort: web # here
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
              containerPort: 8080
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
              containerPort: 8080
    ```
    """

    id = "service-port-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Service"})
    keys = ("targetPort",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find named target ports that no selected pod declares."""
        pods = pods_of_service(obj, ctx)
        if not pods:
            return
        names = frozenset().union(*(port_names(pod) for _, pod in pods))
        for pointer, port in service_ports(obj):
            target = port.get("targetPort")
            if isinstance(target, str) and not target.isdecimal() and target not in names:
                yield self.fault(
                    Place.on(obj, pointer / "targetPort"),
                    f"targetPort {target!r} is not a port of {listed(pod.ref for pod, _ in pods)}",
                    help=f"ports that are declared: {named(names)}",
                    severity=Severity.WARNING if is_headless(obj) else None,
                )
