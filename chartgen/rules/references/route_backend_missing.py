"""Gateway API routes that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.references._backends import missing
from chartgen.rules.references._outside import OutsideOptions


class RouteBackendMissing(ObjectRule):
    """A Gateway API route leads to a Service of the release, or a port of one, that does not exist.

    ## Why
    The gateway accepts the route and answers every request that it matches with 500. Services that the chart does not
    render are only missed when their name carries the release's name: others may be somebody else's. Where an operator
    may make Services for an object of the chart, none is missed.

    ## Bad
    ```yaml
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
    spec:
      rules:
        - backendRefs:
            - name: web
              port: 8080 # here
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80
    ```

    ## Good
    ```yaml
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
    spec:
      rules:
        - backendRefs:
            - name: web
              port: 80
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80
    ```

    ## Options
    - `outside` (default true): Services that the chart does not render are missed only when their name carries the
      release's. Otherwise every Service must be rendered.
    """

    id = "route-backend-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"})
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up every backend's Service and port among the rendered objects."""
        for index, rule in enumerate(items(obj.body, "spec", "rules")):
            for number, backend in enumerate(items(rule, "backendRefs")):
                if not isinstance(backend, dict) or backend.get("kind", "Service") != "Service":
                    continue
                where = text(backend, "namespace")
                found = missing(text(backend, "name"), backend.get("port"), obj, ctx, self.options, where=where)
                if found:
                    pointer = Pointer(("spec", "rules", index, "backendRefs", number))
                    place = Place.on(obj, pointer / ("name" if found.is_service else "port"))
                    yield self.fault(place, found.message, help=found.help)
