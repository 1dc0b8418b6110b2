"""What it means for plain data that a field is set, removed or renamed: copies, the data given stays as it is."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from chartgen.location import Pointer


class CannotEdit(Exception):
    """Why a field cannot be changed: the reason as the end of a sentence, ``it has an anchor``."""


def nested(parts: Sequence[str | int], value: Any) -> Any:
    """A value in the mappings that lead to it."""
    for part in reversed(parts):
        value = {str(part): value}
    return value


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One values file over another as Helm lays them: maps are merged, everything else is replaced, by null too."""
    laid = dict(below)
    for key, value in above.items():
        old = laid.get(key)
        laid[key] = laid_over(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return laid


def values_of(given: Iterable[tuple[Sequence[str | int], Any]]) -> dict[str, Any]:
    """Values that hold something at each of some places."""
    return reduce(laid_over, (nested(parts, value) for parts, value in given), {})


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to Kubernetes: ``1`` is not ``true``, and the order of keys means nothing."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def with_field(data: Any, parts: Sequence[str | int], value: Any) -> Any:
    """A copy of data with a field set. Raises CannotEdit where that has no meaning."""
    if not parts:
        return value
    data = {} if data is None else data
    key = parts[0]
    if isinstance(data, list) and str(key).isdecimal() and int(key) < len(data):
        return [with_field(item, parts[1:], value) if i == int(key) else item for i, item in enumerate(data)]
    if not isinstance(data, dict):
        raise CannotEdit("what is above it is no mapping")
    return {**data, str(key): with_field(data.get(str(key)), parts[1:], value)}


def without(data: Any, parts: Sequence[str | int]) -> Any:
    """A copy of data without a field or an item. Raises CannotEdit when it is not there."""

    def remove(parent: Any) -> None:
        del parent[int(parts[-1]) if isinstance(parent, list) else str(parts[-1])]

    return _copied(data, parts, remove)


def renamed(data: Any, parts: Sequence[str | int], name: str) -> Any:
    """A copy of data with a field under another key. Raises CannotEdit when it is not there, or the other one is."""

    def rename(parent: Any) -> None:
        if name in parent:
            raise CannotEdit(f"there is a {name} already")
        parent[name] = parent.pop(str(parts[-1]))

    return _copied(data, parts, rename)


def _copied(data: Any, parts: Sequence[str | int], change: Callable[[Any], None]) -> Any:
    """A copy of data in which what holds a field was changed; whatever is not on the way there is shared."""
    result = parent = _copy(data)
    try:
        for part in parts[:-1]:
            key: Any = int(part) if isinstance(parent, list) else str(part)
            parent[key] = _copy(parent[key])
            parent = parent[key]
        change(parent)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise CannotEdit(f"there is no {Pointer(tuple(parts)).dotted}") from None
    return result


def _copy(data: Any) -> Any:
    return dict(data) if isinstance(data, dict) else list(data) if isinstance(data, list) else data
