"""Paths that two Ingresses claim."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule


class DuplicateIngressPath(ScenarioRule):
    """One host and path is served twice.

    ## Why
    Which of the two backends answers depends on the ingress controller, and often on which object is older. The nginx
    controller's admission webhook refuses the second one.

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
                backend: {service: {name: web, port: {number: 80}}}
              - path: / # here
                pathType: Prefix
                backend: {service: {name: api, port: {number: 80}}}
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
                backend: {service: {name: web, port: {number: 80}}}
              - path: /api
                pathType: Prefix
                backend: {service: {name: api, port: {number: 80}}}
    ```
    """

    id = "duplicate-ingress-path"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report every class, host, path and path type that was there before."""
        seen: dict[tuple[str, ...], Place] = {}
        for obj in ctx.of_kind("Ingress"):
            if any("canary" in key for key in obj.annotations):
                continue
            ingress_class = text(obj.body, "spec", "ingressClassName") or str(
                obj.annotations.get("kubernetes.io/ingress.class", "")
            )
            for index, rule in enumerate(items(obj.body, "spec", "rules")):
                for number, path in enumerate(items(rule, "http", "paths")):
                    key = (ingress_class, text(rule, "host"), text(path, "path") or "/", text(path, "pathType"))
                    place = Place.on(obj, Pointer(("spec", "rules", index, "http", "paths", number, "path")))
                    first = seen.setdefault(key, place)
                    if first is not place and not _is_redirect(path):
                        yield self.fault(
                            place,
                            f"serves {key[1] or 'every host'}{key[2]} a second time",
                            help="give the two different paths",
                            related=((first, "the first time is here"),),
                        )


def _is_redirect(path: object) -> bool:
    """An ALB's action (``ssl-redirect``) stands as a first backend of the same path on purpose."""
    return text(path, "backend", "service", "port", "name") == "use-annotation"
