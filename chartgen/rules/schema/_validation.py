"""Objects held against their schemas, once for all the rules that report on it.

The schema of a kind is, in this order: the user's (``--schema-location``), that of a CustomResourceDefinition in the
chart (rendered, or below ``crds/``), the one chartgen carries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.located import data, documents
from chartgen.kube.releases import CARRIED
from chartgen.kube.schemas import Schema, carried, is_builtin
from chartgen.kube.validate import Outcome, validate
from chartgen.kube.walk import Violation
from chartgen.rules.base import ScenarioContext

Outcomes = dict[RenderedObject, Outcome]


def schema_of(obj: RenderedObject, ctx: ScenarioContext) -> Schema | None:
    """The schema of an object's kind, or None when nobody knows it."""
    if ctx.chart.schemas and (given := ctx.chart.schemas.schema(obj.api_version, obj.kind)):
        return given
    if not is_builtin(obj.api_version.rpartition("/")[0]) and (own := own_schema(obj.api_version, obj.kind, ctx)):
        return own
    return carried(obj.api_version, obj.kind)


def own_schema(api_version: str, kind: str, ctx: ScenarioContext) -> Schema | None:
    """The schema of a kind by the chart's own CustomResourceDefinitions."""
    group = api_version.rpartition("/")[0]
    rendered = ctx.of_kind("CustomResourceDefinition")
    known = ctx.chart.memory.setdefault("own schemas", {})
    key = (group, kind, tuple(ctx.crds), rendered)
    if key not in known:
        from chartgen.kube.crds import definitions, names

        known[key] = [
            one
            for crd, source in _crds(group, kind, ctx)
            if names(crd) == (group, kind)  # the schemas of other kinds take long to read
            for one in definitions(crd, source)
        ]
    schemas: list[tuple[tuple[str, str], Schema]] = known[key]
    return next((schema for made, schema in schemas if made == (api_version, kind)), None)


def _crds(group: str, kind: str, ctx: ScenarioContext) -> Iterator[tuple[Any, str]]:
    """The documents of the chart that may be the CustomResourceDefinition of a kind, each with its file."""
    for crd in ctx.of_kind("CustomResourceDefinition"):
        yield crd.body, crd.source
    known = ctx.chart.memory.setdefault("crd documents", {})
    for path, text in ctx.crds.items():
        for document in documents(text) if group in text and kind in text else ():
            if group in document and kind in document and "CustomResourceDefinition" in document:
                if document not in known:
                    known[document] = data(document)
                yield known[document], path


def outcome(obj: RenderedObject, ctx: ScenarioContext) -> Outcome:
    """What is wrong with an object; what was worked out in this scenario or the one before is known."""
    memory = ctx.chart.memory
    if memory.get("scenario") != ctx.name:  # the context itself would never be let go of
        memory["scenario"], memory["before"], memory["outcomes"] = ctx.name, memory.get("outcomes", {}), {}
    outcomes: Outcomes = memory["outcomes"]
    if obj not in outcomes:
        before: Outcomes = memory["before"]
        outcomes[obj] = before[obj] if obj in before and _same_schemas(ctx) else _judged(obj, ctx)
    return outcomes[obj]


def _same_schemas(ctx: ScenarioContext) -> bool:
    """Whether nothing but the object decides: neither other releases nor definitions that are rendered."""
    key = (ctx.versions, ctx.of_kind("CustomResourceDefinition"), tuple(ctx.crds))
    same = bool(ctx.chart.memory.get("circumstances") == key)
    ctx.chart.memory["circumstances"] = key
    return same


def _judged(obj: RenderedObject, ctx: ScenarioContext) -> Outcome:
    schema = schema_of(obj, ctx)
    if schema is None:
        return Outcome()
    # A newer release than any we know is judged by the newest.
    newest = 1 << CARRIED.bit_length() - 1
    versions = ctx.versions & CARRIED | (newest if ctx.versions > CARRIED else 0)
    return validate(schema, obj.body, versions)


def violations(obj: RenderedObject, ctx: ScenarioContext, *kinds: str) -> list[Violation]:
    """The violations of some kinds."""
    return [one for one in outcome(obj, ctx).violations if one.kind in kinds]


def severity(violation: Violation, ctx: ScenarioContext) -> Severity:
    """An error, but a warning for what only older releases object to that nobody asked for by name."""
    newest = 1 << ctx.versions.bit_length() - 1 if ctx.versions else 0
    return Severity.ERROR if ctx.chart.is_asked or violation.versions & newest else Severity.WARNING


def is_stale(obj: RenderedObject, ctx: ScenarioContext) -> bool:
    """Whether newer releases are known to exist of what an object's schema was taken from."""
    schema = schema_of(obj, ctx)
    return schema is not None and schema.stale
