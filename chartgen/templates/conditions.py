"""What a condition says: which values must be set where it holds, and whether it holds under given values."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.templates.abstract import ANY, EFFORT, Const, Parts, Path, Test, Union, Value

MISSING = object()
"""Nothing stands at a path."""

UNKNOWN = object()
"""What stands there cannot be told."""

_NONE: frozenset[Parts] = frozenset()


def set_when(value: Value, holds: bool) -> frozenset[Parts]:
    """The paths, and all that lead to them, that cannot be empty when a condition holds, or does not."""
    if isinstance(value, Path):
        return _leading(value.parts) if holds else _NONE
    if isinstance(value, Union) and holds:
        # Whichever of them it is, that one is set.
        return frozenset().union(*(set_when(option, True) for option in value.options))
    if not isinstance(value, Test) or EFFORT.is_over():
        return _NONE
    op, args = value
    if op == "not":
        return set_when(args[0], not holds)
    if op == "eq" and holds:
        return frozenset().union(*(set_when(arg, True) for arg in args)) if _any_filled(args) else _NONE
    if op == "ne" and not holds:
        return frozenset().union(*(set_when(arg, True) for arg in args)) if _any_filled(args) else _NONE
    if op in ("has_key", "filled") and holds:
        return set_when(args[0], True)
    if op in ("and", "or"):
        each = [set_when(arg, holds) for arg in args]
        if (op == "and") is holds:
            return frozenset().union(*each)
        return each[0].intersection(*each[1:]) if each else _NONE
    return _NONE


def _any_filled(args: tuple[Value, ...]) -> bool:
    return any(isinstance(arg, Const) and bool(arg.value) and arg.value != "0" for arg in args)


def _leading(parts: Parts) -> frozenset[Parts]:
    return frozenset(parts[:length] for length in range(1, len(parts) + 1))


def paths(value: Value) -> Iterator[Parts]:
    """The places in the values that a condition looks at."""
    if isinstance(value, Path):
        yield value.parts
    elif isinstance(value, Test | Union):
        for one in value[-1]:
            yield from paths(one)


def lookup(values: Any, parts: Parts) -> Any:
    """What stands at a path; ``MISSING`` for nothing, ``UNKNOWN`` where the path is not exact."""
    for part in parts:
        if part == ANY:
            return UNKNOWN
        if not isinstance(values, Mapping) or part not in values:
            return MISSING
        values = values[part]
    return values


def truth(value: Value, values: Mapping[str, Any]) -> bool | None:
    """Whether a value counts as true under given values, None when that cannot be told.

    Source: ``IsTrue`` of text/template: empty text, maps and lists, zero, false and nothing are not.
    """
    if EFFORT.is_over():
        return None
    if isinstance(value, Union):
        each = {truth(option, values) for option in value.options}
        return each.pop() if len(each) == 1 else None
    if not isinstance(value, Test):
        found = concrete(value, values)
        return None if found is UNKNOWN else found is not MISSING and bool(found)
    op, args = value
    if op == "not":
        inner = truth(args[0], values)
        return None if inner is None else not inner
    if op in ("and", "or", "default"):
        each_in_turn = [truth(arg, values) for arg in args]
        decisive = op != "and"
        if decisive in each_in_turn:
            return decisive
        return None if None in each_in_turn else not decisive
    if op in ("eq", "ne"):
        return _equal(op, args, values)
    if op == "has_key":
        found = concrete(args[0], values)
        return None if found is UNKNOWN else found is not MISSING
    return None


def _equal(op: str, args: tuple[Value, ...], values: Mapping[str, Any]) -> bool | None:
    first, *others = (concrete(arg, values) for arg in args)
    known = [one for one in (first, *others) if one is not UNKNOWN and one is not MISSING]
    if len(known) <= len(others) or not others or any(type(one) is not type(first) for one in others):
        return None
    same = any(first == one for one in others)
    return same if op == "eq" else not same


def concrete(value: Value, values: Mapping[str, Any]) -> Any:
    """The data a value is under given values; ``UNKNOWN`` when that cannot be told."""
    if EFFORT.is_over():
        return UNKNOWN
    if isinstance(value, Path):
        return lookup(values, value.parts)
    if isinstance(value, Const):
        return value.value
    if isinstance(value, Test) and value.op == "default":
        for arg in reversed(value.args):
            found = concrete(arg, values)
            if found is UNKNOWN or (found is not MISSING and found):
                return found
        return concrete(value.args[0], values)
    return UNKNOWN
