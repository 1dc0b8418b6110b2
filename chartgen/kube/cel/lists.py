"""Kubernetes' list functions: isSorted, sum, min, max, indexOf, lastIndexOf, includes.

Source: ``pkg/cel/library/lists.go`` of k8s.io/apiserver. ``indexOf`` exists for strings too and may be declared only
once, so both forms are here, under a name that ``rewrite`` puts in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cmp_to_key
from itertools import pairwise
from typing import Any

from chartgen.kube.cel.functions import KINDS, UNSUPPORTED, Overload, member

_NUMBERS = (int, float)


def same(left: Any, right: Any) -> bool:
    """Equality as CEL has it: numbers of all types compare, a boolean is no number."""
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    return bool(left == right)


def order(left: Any, right: Any) -> int:
    """-1, 0 or 1. Raises ValueError for values that have no order."""
    comparable = (
        (isinstance(left, bool) and isinstance(right, bool))
        or (_is_number(left) and _is_number(right))
        or any(
            isinstance(left, kind) and isinstance(right, kind) for kind in (str, bytes | bytearray, datetime, timedelta)
        )
    )
    if not comparable:
        raise ValueError("no such overload: values of the list cannot be compared")
    return int(left > right) - int(left < right)


def _is_number(value: Any) -> bool:
    return isinstance(value, _NUMBERS) and not isinstance(value, bool)


def _is_sorted(values: list[Any]) -> bool:
    return all(order(left, right) <= 0 for left, right in pairwise(values))


def _sum(values: list[Any]) -> Any:
    if values and all(isinstance(value, timedelta) for value in values):
        raise ValueError(f"the sum of durations, {UNSUPPORTED}")
    if not all(map(_is_number, values)):
        raise ValueError("no such overload: sum of what are no numbers")
    return sum(values)


def _least(values: list[Any]) -> Any:
    if not values:
        raise ValueError("min called on empty list")
    return _plain(min(values, key=cmp_to_key(order)))


def _greatest(values: list[Any]) -> Any:
    if not values:
        raise ValueError("max called on empty list")
    return _plain(max(values, key=cmp_to_key(order)))


def _plain(value: Any) -> Any:
    """A value that the library takes back."""
    if isinstance(value, timedelta | datetime):
        raise ValueError(f"the least or greatest of durations or timestamps, {UNSUPPORTED}")
    return value


def _first_index(values: list[Any], wanted: Any) -> int:
    return next((index for index, value in enumerate(values) if same(value, wanted)), -1)


def _last_index(values: list[Any], wanted: Any) -> int:
    backwards = range(len(values) - 1, -1, -1)
    return next((index for index in backwards if same(values[index], wanted)), -1)


def _text_index(text: str, wanted: str, start: int = 0) -> int:
    _check(start, text)
    return text.find(wanted, start)


def _text_last_index(text: str, wanted: str, last: int | None = None) -> int:
    if last is None:
        return text.rfind(wanted)
    _check(last, text)
    return text.rfind(wanted, 0, last + len(wanted))


def _check(offset: int, text: str) -> None:
    if not 0 <= offset <= len(text):
        raise ValueError(f"index out of range: {offset}")


def _includes(target: Any, wanted: Any) -> bool:
    if isinstance(target, list):
        return any(same(value, wanted) for value in target)
    return same(target, wanted)


def _declared() -> Iterable[Overload]:
    yield member("isSorted", "list(dyn)", gives="bool", call=_is_sorted)
    yield member("sum", "list(dyn)", gives="dyn", call=_sum)
    yield member("min", "list(dyn)", gives="dyn", call=_least)
    yield member("max", "list(dyn)", gives="dyn", call=_greatest)
    for name, of_list, of_text in (
        ("indexOf_", _first_index, _text_index),
        ("lastIndexOf_", _last_index, _text_last_index),
    ):
        yield member(name, "string", "string", gives="int", call=of_text)
        yield member(name, "string", "string", "int", gives="int", call=of_text)
        for kind in KINDS:
            yield member(name, "list(dyn)", kind, gives="int", call=of_list)
    for kind in KINDS:
        yield member("includes", "list(dyn)", kind, gives="bool", call=_includes)
        if kind != "list(dyn)":
            yield member("includes", kind, kind, gives="bool", call=_includes)


OVERLOADS = tuple(_declared())
