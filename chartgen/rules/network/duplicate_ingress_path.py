"""Paths that two Ingresses claim."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What may stand only once."""

    unique: Literal["path", "host"] = "path"


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

    ## Options
    - `unique` (default `path`): what may stand only once, a `path` of a host or a whole `host`, which then belongs to a
      single Ingress.
    """

    id = "duplicate-ingress-path"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Ingress"})
    options: Options = Options()

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report every class, host, path and path type that was there before, or every host."""
        seen: dict[tuple[str, ...], Place] = {}
        for obj in ctx.of_kind("Ingress"):
            if any("canary" in key for key in obj.annotations):
                continue
            ingress_class = text(obj.body, "spec", "ingressClassName") or str(
                obj.annotations.get("kubernetes.io/ingress.class", "")
            )
            served = _hosts(obj) if self.options.unique == "host" else _paths(obj)
            here: dict[tuple[str, ...], Place] = {}
            for key, pointer in served:
                place = Place.on(obj, pointer)
                first = seen.get((ingress_class, *key))
                if first is not None:
                    yield self.fault(
                        place,
                        f"serves {key[0] or 'every host'}{''.join(key[1:2])} a second time",
                        help="give the two different paths" if len(key) > 1 else "serve each host by one Ingress",
                        related=((first, "the first time is here"),),
                    )
                elif len(key) > 1:
                    seen[ingress_class, *key] = place
                else:
                    here.setdefault((ingress_class, *key), place)
            seen |= here


def _paths(obj: RenderedObject) -> Iterator[tuple[tuple[str, ...], Pointer]]:
    """Each host, path and path type with its place; an ALB's actions are no paths."""
    for index, rule in enumerate(items(obj.body, "spec", "rules")):
        for number, path in enumerate(items(rule, "http", "paths")):
            if not _is_redirect(path):
                key = (text(rule, "host"), text(path, "path") or "/", text(path, "pathType"))
                yield key, Pointer(("spec", "rules", index, "http", "paths", number, "path"))


def _hosts(obj: RenderedObject) -> Iterator[tuple[tuple[str, ...], Pointer]]:
    """Each host with its place."""
    for index, rule in enumerate(items(obj.body, "spec", "rules")):
        yield (text(rule, "host"),), Pointer(("spec", "rules", index, "host"))


def _is_redirect(path: object) -> bool:
    """An ALB's action (``ssl-redirect``) stands as a first backend of the same path on purpose."""
    return text(path, "backend", "service", "port", "name") == "use-annotation"
