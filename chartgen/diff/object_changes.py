"""The differences between the rendered objects of two charts as facts, field by field, with their scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.absent import ABSENT
from chartgen.changes import Change
from chartgen.compare.comparison import Comparison
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.compare.side import Side
from chartgen.engine.objects import RenderedObject
from chartgen.location import Location, Pointer

MASKED = "(masked)"
"""What stands in a change for a value of a Secret."""


def object_changes(both: Comparison) -> tuple[Change, ...]:
    """What differs in objects and CustomResourceDefinitions, sorted; one change for all scenarios it is alike in."""
    found: dict[tuple[str, ...], tuple[Change, list[str]]] = {}
    for scenario in both.scenarios:
        for change in _changes(scenario, both):
            sides = (repr(change.before), repr(change.after))
            key = (change.kind, change.subject, str(change.pointer), *sides)
            found.setdefault(key, (change, []))[1].append(scenario.name)
    merged = [change._replace(scenarios=both.shown(names)) for change, names in found.values()]
    if both.crds:
        from chartgen.diff.crd_changes import crd_changes

        merged += crd_changes(both)
    return tuple(sorted(merged, key=lambda change: change.sort_key))


def _changes(scenario: ScenarioComparison, both: Comparison) -> Iterator[Change]:
    for obj in scenario.removed:
        yield Change("removed", "object", obj.ref, old=_at(both.old, obj))
    for obj in scenario.added:
        yield Change("added", "object", obj.ref, new=_at(both.new, obj))
    for pairs, kind in ((scenario.renamed, "renamed"), (scenario.replaced, "retyped")):
        for pair in pairs:
            sides = _at(both.old, pair.old), _at(both.new, pair.new)
            yield Change(kind, "object", pair.old.ref, Pointer(), pair.old.ref, pair.new.ref, *sides)
    for pair in (*scenario.pairs, *scenario.renamed, *scenario.replaced):
        for field in pair.changes:
            yield _field(pair, field, both)


def _field(pair: ObjectPair, field: FieldChange, both: Comparison) -> Change:
    before, after = field.before, field.after
    kind = "added" if before is ABSENT else "removed" if after is ABSENT else "changed"
    if pair.kind == "Secret" or pair.old.kind == "Secret":
        before, after = _masked(field, before), _masked(field, after)
    pointer = field.new if before is ABSENT else field.old
    old = _at(both.old, pair.old)._replace(pointer=field.old)
    new = _at(both.new, pair.new)._replace(pointer=field.new)
    return Change(kind, "object", pair.ref, pointer, before, after, old, new)


def _masked(field: FieldChange, value: Any) -> Any:
    is_data = field.path[0] in ("data", "stringData")
    return MASKED if is_data and value is not ABSENT else value


def _at(side: Side, obj: RenderedObject) -> Location:
    return Location(side.chart.display(obj.source))
