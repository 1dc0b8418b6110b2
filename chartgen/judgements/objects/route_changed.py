"""The judgement: an Ingress or a route serves other hosts or paths, or by another controller."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._told import counterpart, summary

_ADDRESS = frozenset(
    (
        "host",
        "hosts",
        "hostnames",
        "path",
        "pathType",
        "ingressClassName",
        "matches",
        "match",
        "listeners",
        "parentRefs",
    )
)


class RouteChanged(PairJudgement):
    """An Ingress or a route serves other hosts or paths, or by another controller.

    ## Why
    Public addresses stop working, or others start to. argo-cd 6.0.0 removed a catch-all, keycloak 14.0.0 changed
    the form of its paths. A class where there was none takes a route away from the controller that is the cluster's
    default, a host from those who came by another name; without TLS nobody is answered any more who asks for it, nor
    with a certificate that is looked for under another name. Where a route only leads to another backend of the same
    chart, a minor version is enough.

    ## Before
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      ingressClassName: nginx
      rules:
        - host: a.example.com # here
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

    ## After
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      ingressClassName: nginx
      rules:
        - host: b.example.com # here
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

    ## Not this
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations:
        kubernetes.io/ingress.class: nginx
    spec:
      rules:
        - host: a.example.com
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

    ## Before: for any host
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

    ## After: for any host
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: a.example.com # here
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

    ## Before: TLS
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      tls: # here
        - secretName: web-tls
      defaultBackend:
        service:
          name: web
          port:
            number: 80
    ```

    ## After: TLS
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec: # here
      defaultBackend:
        service:
          name: web
          port:
            number: 80
    ```
    """

    id = "route-changed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who use the old addresses"
    advice = "tell the old address and the new one"
    kinds = frozenset({"Ingress", "HTTPRoute", "GRPCRoute", "IngressRoute", "Gateway", "Route"})

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the first address that changed; backends alone are a smaller step."""
        found = pair.about("routes")
        if not found:
            return
        addresses = [change for change in found if _is_address(change)]
        first = (addresses or list(found))[0]
        old, new = counterpart(first, found)
        yield self.verdict(
            f"the routes changed ({summary(found)})",
            old=At.on(pair.old, old),
            new=At.on(pair.new, new),
            level=None if addresses else Level.MINOR,
        )


def _is_address(change: FieldChange) -> bool:
    """Whether a change takes an address away or makes it another one; a new one beside it does not."""
    if change.path[-1] in ("host", "ingressClassName"):
        return True
    if change.path[-1] == "secretName":
        return change.before is not ABSENT
    if change.path == ("spec", "tls"):
        return change.after is ABSENT
    whole = change.path[-1].startswith("[") and (change.before is ABSENT or change.after is ABSENT)
    if whole:
        return change.after is ABSENT and "tls" not in change.path
    return change.before is not ABSENT and bool(_ADDRESS & set(change.path))
