"""The differences between the CustomResourceDefinitions of two charts as facts."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Change
from chartgen.compare.comparison import Comparison
from chartgen.compare.crds import Crd
from chartgen.compare.openapi import ADDED, REMOVED, RETYPED
from chartgen.compare.side import Side
from chartgen.location import Location, Pointer

_KINDS = {ADDED: "added", REMOVED: "removed", RETYPED: "retyped"}


def crd_changes(both: Comparison) -> Iterator[Change]:
    """What differs in the definitions of two charts, version by version."""
    for pair in both.crds:
        old, new = _at(both.old, pair.old), _at(both.new, pair.new)
        if pair.old is None or pair.new is None:
            yield Change("added" if pair.old is None else "removed", "crd", pair.ref, old=old, new=new)
            continue
        names = tuple(pair.old.versions), tuple(pair.new.versions)
        if set(names[0]) != set(names[1]):
            at = Pointer(("spec", "versions"))
            yield Change("changed", "crd", pair.ref, at, list(names[0]), list(names[1]), old, new)
        for version, _, step in pair.steps:
            kind = _KINDS.get(step.kind, "changed")
            pointer = pair.old.schema(version)[1] + step.pointer
            told = f"{step.field or 'the object'} {step.told}"
            before, after = (told, ABSENT) if kind == "removed" else (ABSENT, told)
            yield Change(kind, "crd", pair.ref, pointer, before, after, old, new)


def _at(side: Side, crd: Crd | None) -> Location | None:
    return Location(side.chart.display(crd.obj.source)) if crd else None
