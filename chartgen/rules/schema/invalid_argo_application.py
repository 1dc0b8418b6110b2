"""Argo CD applications that cannot be synchronized."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

Found = Iterator[tuple[Pointer, str, str]]


class InvalidArgoApplication(ObjectRule):
    """An Argo CD Application does not say where it comes from or where it goes, or says it twice.

    ## Why
    Its definition accepts the object, and Argo CD then reports `InvalidSpecError` and does nothing. A destination is
    either a `server` or a `name`; a source has a `repoURL`, and a `path`, a `ref`, or a `chart` with its version.

    ## Bad
    ```yaml
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: shop
    spec:
      project: shop
      source:
        repoURL: https://git.example.com/shop.git
        path: deploy
      destination:
        server: https://kubernetes.default.svc
        name: in-cluster # here
        namespace: shop
    ```

    ## Good
    ```yaml
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: shop
    spec:
      project: shop
      source:
        repoURL: https://git.example.com/shop.git
        path: deploy
      destination:
        server: https://kubernetes.default.svc
        namespace: shop
    ```
    """

    id = "invalid-argo-application"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Application"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Check destination and sources. Source: ``ValidateDestination`` and ``ValidateRepo`` of Argo CD."""
        if obj.api_version.startswith("argoproj.io/"):
            spec = mapping(obj.body, "spec")
            for at, message, cure in (*_destination(spec), *_sources(spec)):
                yield self.fault(Place.on(obj, Pointer(("spec",)) + at), message, help=cure)


def _destination(spec: Any) -> Found:
    server, name = text(spec, "destination", "server"), text(spec, "destination", "name")
    if server and name:
        yield Pointer(("destination", "name")), "the destination has both server and name", "remove one of the two"
    elif not server and not name:
        cure = "set destination.server, for example https://kubernetes.default.svc"
        yield Pointer(("destination",)), "the destination has neither server nor name", cure


def _sources(spec: Any) -> Found:
    several = [(Pointer(("sources", index)), source) for index, source in enumerate(items(spec, "sources"))]
    single = [(Pointer(("source",)), spec["source"])] if spec.get("source") else []
    # Argo CD reads `sources` where there are both. A hydrated source stands elsewhere.
    sources = several or single
    if not sources and not spec.get("sourceHydrator"):
        yield Pointer(), "has no source", "set spec.source"
    for at, source in sources:
        if not text(source, "repoURL"):
            yield at, "a source has no repoURL", "set repoURL"
        elif not any(text(source, key) for key in ("path", "chart", "ref")):
            yield at, "a source has neither path nor chart", "set path, or chart for a Helm repository"
        elif text(source, "path") and text(source, "chart"):
            yield at / "path", "a source has both path and chart", "remove one of the two"
        elif text(source, "chart") and not text(source, "targetRevision"):
            yield at, "a source has a chart and no targetRevision", "set targetRevision to the chart's version"
