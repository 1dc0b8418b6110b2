"""Kinds of Kubernetes' own that no release has."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.apis import kinds_of, old_api, served_in, versions_of
from chartgen.kube.schemas import is_builtin
from chartgen.location import Pointer
from chartgen.nearest import nearest
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class UnknownKind(ObjectRule):
    """An API group of Kubernetes has no such kind.

    ## Why
    The install ends with `no matches for kind ... in version ...`: the kind is misspelt, or the `apiVersion` is that of
    another group. Kinds that existed once are `removed-api`; custom resources are not judged.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Deployment # here
    metadata:
      name: web
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    ```
    """

    id = "unknown-kind"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look the kind up in every release that is carried, and among what is gone since long."""
        version, kind = obj.api_version, obj.kind
        if not is_builtin(version.rpartition("/")[0]) or served_in(version, kind) or old_api(version, kind):
            return
        if ctx.chart.schemas.schema(version, kind):
            return
        others = versions_of(kind)
        near = nearest(kind, kinds_of(version))
        yield self.fault(
            Place.on(obj, Pointer(("kind",))),
            f"{version} has no kind {kind!r}" + (f" (did you mean {near!r}?)" if near and not others else ""),
            help=f"use {' or '.join(others)}" if others else "'kubectl api-resources' lists all kinds",
        )
