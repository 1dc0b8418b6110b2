"""JSON Schema's types as sets: what a value is, and what may be put in its place."""

from collections.abc import Iterable, Mapping
from typing import Any

Types = frozenset[str]

_ORDER = ("object", "array", "string", "number", "integer", "boolean", "null")
SCALAR: Types = frozenset(("string", "number", "boolean"))


def kind(value: Any) -> str:
    """The type of a value, as narrow as JSON Schema has it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return "integer"
    if isinstance(value, float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def common(one: Types, other: Types) -> Types:
    """The types that both allow; a whole number is a number."""
    found = one & other
    if "integer" in one | other and "number" in one | other and "number" not in found:
        found |= {"integer"}
    return found


def together(types: Iterable[str]) -> Types:
    """Some types without those that another includes."""
    found = frozenset(types)
    return found - {"integer"} if "number" in found else found


def written(types: Types, first: str = "") -> str | list[str]:
    """Types as a schema has them, one of them in front."""
    left = together(types)
    found = sorted(left, key=lambda one: (one != first and (one, first) != ("number", "integer"), _ORDER.index(one)))
    return found[0] if len(found) == 1 else found


def at(values: Any, place: Iterable[str]) -> Any:
    """What stands at a place in values; ``NOTHING`` where there is nothing."""
    for part in place:
        if not isinstance(values, Mapping) or part not in values:
            return NOTHING
        values = values[part]
    return values


NOTHING: Any = object()
