"""What the judgements about values.schema.json say alike."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.compare.schema import DESCRIBED, TIGHTENED, SchemaChange, schema_changes
from chartgen.compare.side import SCHEMA, Side
from chartgen.judgements.base import At
from chartgen.location import Location, Pointer
from chartgen.templates.abstract import ANY, Parts

_TYPES_ONLY = frozenset(("type", "anyOf", "oneOf", "properties", "items", "format"))


def in_schema(side: Side, pointer: Pointer) -> At:
    """A place in values.schema.json."""
    return At.file(side.locate(SCHEMA, pointer, key=True))


def whole_schema() -> At:
    """values.schema.json as such."""
    return At.file(Location(SCHEMA))


def named(place: Parts) -> str:
    """A place in the values as messages name it: ``'ports[*].name'``."""
    text = Pointer(place).dotted.replace('."*"', "[*]").replace('"*"', "[*]")
    return f"'{text}'" if place else "the values"


def on_both_sides(both: Comparison) -> tuple[SchemaChange, ...]:
    """What changed in a schema that both charts have."""
    return both.schema if both.old.schema is not None and both.new.schema is not None else ()


def is_known(both: Comparison, place: Parts) -> bool:
    """Whether the old chart had a value at a place, or read one."""
    exact = place[: place.index(ANY)] if ANY in place else place
    return not exact or lookup(both.old.values, exact) is not ABSENT or both.values.old.names(exact)


def is_satisfied(both: Comparison, place: Parts) -> bool:
    """Whether values.yaml sets what is required: Helm validates the values with the defaults among them."""
    return ANY not in place and lookup(both.new.values, place) is not ABSENT


def is_choosy(change: SchemaChange) -> bool:
    """Whether a property that was not spoken of is now more than given a type."""
    inner = schema_changes({}, change.after if isinstance(change.after, dict) else {})
    return any(one.kind == TIGHTENED and one.keyword not in _TYPES_ONLY for one in inner)


def strictness(both: Comparison) -> Iterator[SchemaChange]:
    """What a schema that is new may refuse of values that were accepted so far."""
    for one in _all(schema_changes({}, both.new.schema or {}), ()):
        place = one.place
        if one.keyword in _TYPES_ONLY or (one.keyword == "required" and is_satisfied(both, place)):
            continue
        if is_known(both, place):
            yield one


def _all(changes: tuple[SchemaChange, ...], at: Parts) -> Iterator[SchemaChange]:
    for one in changes:
        place = (*at, *one.place)
        if one.kind == TIGHTENED:
            yield one._replace(place=place)
        elif one.kind == DESCRIBED and isinstance(one.after, dict):
            inner = schema_changes({}, one.after)
            yield from _all(tuple(each._replace(new=one.new + each.new) for each in inner), place)
