"""Ingresses that speak plain HTTP."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple

_TLS_ELSEWHERE = (
    "alb.ingress.kubernetes.io/certificate-arn",
    "alb.ingress.kubernetes.io/listen-ports",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
    "traefik.ingress.kubernetes.io/router.tls",
)
"""Annotations with which a controller takes the certificate from somewhere else than ``spec.tls``."""


class Options(NamedTuple):
    """What counts as TLS."""

    rendered_only: bool = False


class IngressWithoutTls(ObjectRule):
    """An Ingress serves a host without TLS, and its template leaves no way to add it.

    ## Why
    Sessions and passwords cross the network in the clear. Certificates belong to a cluster and not to a chart, so a
    template that takes `tls` from the values is fine without any by default; so is an Ingress whose annotations name a
    certificate, or whose class is `alb`.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec: # here
      rules:
        - host: web.example.com
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      tls:
        - hosts: [web.example.com]
          secretName: web-tls
      rules:
        - host: web.example.com
    ```

    ## Good: left to the values
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      {{- with .Values.tls }}
      tls:
        {{- toYaml . | nindent 4 }}
      {{- end }}
      rules:
        - host: web.example.com
    ```

    ## Options
    - `rendered-only` (default false): every Ingress must render `spec.tls`, whatever its template could take from the
      values and whatever its annotations say.
    """

    id = "ingress-without-tls"
    severity = Severity.WARNING
    profile = Profile.STRICT
    kinds = frozenset({"Ingress"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find an Ingress without ``spec.tls`` or such an annotation, from a template that never says ``tls:``."""
        if items(obj.body, "spec", "tls"):
            return
        if not self.options.rendered_only and _is_elsewhere(obj, ctx):
            return
        yield self.fault(
            Place.on(obj, Pointer(("spec",)), key=True),
            "serves plain HTTP only" + ("" if self.options.rendered_only else ", and its template takes no tls"),
            help="let values set spec.tls",
        )


def _is_elsewhere(obj: RenderedObject, ctx: ScenarioContext) -> bool:
    """Whether the certificate may come from the values, from annotations, or belongs to a load balancer."""
    return (
        "tls:" in (ctx.chart.chart.text(obj.source) or "")
        or any(key in obj.annotations for key in _TLS_ELSEWHERE)
        or text(obj.body, "spec", "ingressClassName") == "alb"
    )
