"""Ingresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, items, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.references._backends import missing
from chartgen.rules.references._outside import OutsideOptions


class IngressBackendMissing(ObjectRule):
    """An Ingress leads to a Service of the release, or a port of one, that does not exist.

    ## Why
    The ingress controller accepts the Ingress and answers every request with 503. Services that the chart does not
    render are only missed when their name carries the release's name: others may be somebody else's. Where an operator
    may make Services for an object of the chart, none is missed.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: web.example.com
          http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: web
                    port:
                      number: 8080 # here
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
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: web.example.com
          http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: web
                    port:
                      number: 80
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

    id = "ingress-backend-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Ingress"})
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up every backend's Service and port among the rendered objects."""
        for pointer in _backends(obj):
            service = mapping(obj.body, *pointer.parts, "service")
            port = mapping(service, "port")
            found = missing(text(service, "name"), port.get("name", port.get("number")), obj, ctx, self.options)
            if found:
                what = "name" if found.is_service else "port"
                at = pointer / "service" / what
                inner = next((key for key in ("name", "number") if key in port), None)
                place = at / inner if what == "port" and inner else at
                yield self.fault(Place.on(obj, place), found.message, help=found.help)


def _backends(obj: RenderedObject) -> Iterator[Pointer]:
    if get(obj.body, "spec", "defaultBackend") is not None:
        yield Pointer(("spec", "defaultBackend"))
    for index, rule in enumerate(items(obj.body, "spec", "rules")):
        for path in range(len(items(rule, "http", "paths"))):
            yield Pointer(("spec", "rules", index, "http", "paths", path, "backend"))
