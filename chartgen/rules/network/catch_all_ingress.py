"""Ingresses that answer for every host."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What counts as every host."""

    wildcards: bool = False


class CatchAllIngress(ObjectRule):
    """An Ingress answers for every host name.

    ## Why
    A rule without a host, or with `*`, takes the traffic of every name that points at the ingress controller, including
    that of other teams whose own Ingress is missing or comes later.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - http: # here
            paths:
              - path: /
                pathType: Prefix
                backend:
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

    ## Options
    - `wildcards` (default false): a host with a wildcard (`*.example.com`) is reported too.
    """

    id = "catch-all-ingress"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Ingress"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find rules without a host; an ALB has an address of its own, so nothing is taken from others there."""
        if (
            text(obj.body, "spec", "ingressClassName") == "alb"
            or obj.annotations.get("kubernetes.io/ingress.class") == "alb"
        ):
            return
        for index, rule in enumerate(items(obj.body, "spec", "rules")):
            host = text(rule, "host")
            if host in ("", "*") or (self.options.wildcards and "*" in host):
                yield self.fault(
                    Place.on(obj, Pointer(("spec", "rules", index, "host"))),
                    f"answers for every host name{f' of {host!r}' if len(host) > 1 else ''}",
                    help="set the host this chart is reached under",
                )
