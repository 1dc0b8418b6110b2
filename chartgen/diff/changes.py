"""The differences between two charts as facts, for those who want to see all of them and no opinion."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Change
from chartgen.compare.comparison import Comparison
from chartgen.compare.dependencies import Dependency
from chartgen.compare.keys import lookup
from chartgen.compare.schema import DESCRIBED, LOOSENED
from chartgen.compare.side import METADATA, SCHEMA, VALUES, Side
from chartgen.location import Location, Pointer


def chart_changes(both: Comparison) -> tuple[Change, ...]:
    """What differs in values, schema, Chart.yaml, dependencies, named templates and files."""
    parts = (_values, _schema, _metadata, _dependencies, _templates, _files)
    return tuple(change for part in parts for change in part(both))


def _at(side: Side, file: str, pointer: Pointer) -> Location:
    return side.locate(file, pointer, key=True)._replace(file=side.chart.display(file))


def _values(both: Comparison) -> Iterator[Change]:
    values, moved = both.values, {one.moved_to for one in both.values.removed if one.moved_to}
    for gone in values.removed:
        pointer = Pointer(gone.parts)
        old = _at(both.old, VALUES, pointer)
        if gone.moved_to is None:
            yield Change("removed", "values", VALUES, pointer, gone.before, ABSENT, old)
        else:
            after = lookup(both.new.values, gone.moved_to)
            new = _at(both.new, VALUES, Pointer(gone.moved_to))
            yield Change("renamed", "values", VALUES, pointer, gone.before, after, old, new)
    for came in values.added:
        if came.parts not in moved:
            pointer = Pointer(came.parts)
            new = _at(both.new, VALUES, pointer)
            yield Change("added", "values", VALUES, pointer, ABSENT, came.after, None, new)
    for one in values.redefined:
        pointer = Pointer(one.parts)
        kind = "retyped" if one.is_retyped else "changed"
        old, new = (_at(side, VALUES, pointer) for side in (both.old, both.new))
        yield Change(kind, "values", VALUES, pointer, one.before, one.after, old, new)


def _schema(both: Comparison) -> Iterator[Change]:
    if both.old.schema is None or both.new.schema is None:
        return
    for one in both.schema:
        kind = "added" if one.kind == DESCRIBED or one.before is ABSENT else "changed"
        kind = "removed" if one.after is ABSENT and one.kind == LOOSENED else kind
        old = _at(both.old, SCHEMA, one.old) if one.before is not ABSENT else None
        new = _at(both.new, SCHEMA, one.new) if one.after is not ABSENT else None
        yield Change(kind, "schema", SCHEMA, one.old if old else one.new, one.before, one.after, old, new)


def _metadata(both: Comparison) -> Iterator[Change]:
    for one in both.metadata:
        kind = "added" if one.before is ABSENT else "removed" if one.after is ABSENT else "changed"
        old = _at(both.old, METADATA, one.old) if one.before is not ABSENT else None
        new = _at(both.new, METADATA, one.new) if one.after is not ABSENT else None
        yield Change(kind, "chart", METADATA, one.old if old else one.new, one.before, one.after, old, new)


def _dependencies(both: Comparison) -> Iterator[Change]:
    for old, new in both.dependencies:
        known = new or old
        assert known is not None
        there = _at(both.old, old.file, old.pointer) if old else None
        here = _at(both.new, new.file, new.pointer) if new else None
        if old is None or new is None:
            kind = "added" if old is None else "removed"
            before, after = (_told(one) if one else ABSENT for one in (old, new))
            yield Change(kind, "dependency", known.key, known.pointer, before, after, there, here)
        elif _told(old) != _told(new):
            kind = "renamed" if old.key != new.key else "changed"
            yield Change(kind, "dependency", known.key, old.pointer, _told(old), _told(new), there, here)


def _told(one: Dependency) -> dict[str, object]:
    """What is said of a dependency: all of its entry but where it stands."""
    told = {"name": one.name, "alias": one.key, "version": one.wanted, "resolved": one.resolved}
    return {**told, "repository": one.repository, "condition": one.condition, "tags": list(one.tags)}


def _templates(both: Comparison) -> Iterator[Change]:
    for old, new in both.defines:
        name = old.name if old else new.name if new else ""
        there = old.location._replace(file=both.old.chart.display(old.location.file or "")) if old else None
        here = new.location._replace(file=both.new.chart.display(new.location.file or "")) if new else None
        if old is None or new is None:
            yield Change("added" if old is None else "removed", "template", name, old=there, new=here)
        elif old.name != new.name:
            yield Change("renamed", "template", name, Pointer(), old.name, new.name, there, here)
        else:
            yield Change("changed", "template", name, old=there, new=here)


def _files(both: Comparison) -> Iterator[Change]:
    for one in both.files:
        old = Location(both.old.chart.display(one.path)) if one.kind != "added" else None
        new = Location(both.new.chart.display(one.path)) if one.kind != "removed" else None
        yield Change(one.kind, "file", one.path, old=old, new=new)
