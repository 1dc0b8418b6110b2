"""Ingresses that answer whatever nobody else answers."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class IngressDefaultBackend(ObjectRule):
    """An Ingress has a default backend.

    ## Why
    It receives every request that matches no rule, of any host: with most controllers that includes requests meant for
    other teams. The API allows it, and for an Ingress without rules it is the only way, so this rule is off unless it
    is asked for.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend: # here
        service:
          name: web
          port:
            number: 80
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
    ```
    """

    id = "ingress-default-backend"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"Ingress"})
    keys = ("defaultBackend",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find ``spec.defaultBackend``."""
        if get(obj.body, "spec", "defaultBackend") is not None:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "defaultBackend")), key=True),
                "answers every request that no rule matches",
                help="write a rule with a host",
            )
