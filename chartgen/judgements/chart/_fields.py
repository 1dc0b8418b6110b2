"""What the judgements about Chart.yaml say alike."""

from typing import Any, TypedDict

from chartgen.compare.comparison import Comparison
from chartgen.compare.side import METADATA, Side
from chartgen.judgements.base import At
from chartgen.location import Location, Pointer


class Sides(TypedDict):
    """A place on both sides, for a verdict."""

    old: At
    new: At


def in_chart(side: Side, field: str) -> At:
    """A field of Chart.yaml; the file where it has no such field."""
    if field not in side.metadata:
        return At.file(Location(METADATA, pointer=Pointer((field,))))
    return At.file(side.locate(METADATA, Pointer((field,)), key=True))


def both_places(both: Comparison, field: str) -> Sides:
    """A field of both Chart.yaml, for a verdict."""
    return {"old": in_chart(both.old, field), "new": in_chart(both.new, field)}


def text(side: Side, field: str) -> str:
    """A field of Chart.yaml as text; ``""`` when it is not there."""
    value: Any = side.metadata.get(field)
    return "" if value is None else str(value)
