"""How two pieces of YAML data differ, field by field.

Kubernetes keeps many sets as lists: containers by name, ports by number, environment variables by name. Items of such
a list are matched by what names them, so that an inserted container is one addition and no change of all that follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chartgen.changes import ABSENT
from chartgen.location import Pointer

_KEYS = ("name", "key", "mountPath", "containerPort", "port", "host", "path", "topologyKey", "ip")
"""What may name the items of a list, the first that all of them have and no two share."""


class FieldChange(NamedTuple):
    """A field that differs. ``path`` names it with the keys of list items (``containers[name=web]``) for matching and
    for messages; ``old`` and ``new`` are its pointers in both, the deepest existing part where it is absent.
    """

    path: tuple[str, ...]
    old: Pointer
    new: Pointer
    before: Any
    after: Any

    def under(self, *prefix: str) -> bool:
        """Whether the field is at a path, or below it."""
        return self.path[: len(prefix)] == prefix

    @property
    def dotted(self) -> str:
        """The path as people write it: ``spec.ports[port=80].name``."""
        return "".join(part if part.startswith("[") else f".{part}" for part in self.path).removeprefix(".")


def field_changes(before: Any, after: Any) -> tuple[FieldChange, ...]:
    """All fields that differ, in order. A map or list that is there on one side only is one change."""
    return tuple(_changes(before, after, (), Pointer(), Pointer()))


def _changes(before: Any, after: Any, path: tuple[str, ...], old: Pointer, new: Pointer) -> Iterator[FieldChange]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in (*before, *(key for key in after if key not in before)):
            yield from _changes(
                before.get(key, ABSENT), after.get(key, ABSENT), (*path, str(key)), old / key, new / key
            )
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, path, old, new)
    elif type(before) is not type(after) or before != after:
        yield FieldChange(path, old, new, before, after)


def _lists(
    before: list[Any], after: list[Any], path: tuple[str, ...], old: Pointer, new: Pointer
) -> Iterator[FieldChange]:
    key = _naming(before, after)
    if key is None:
        if before != after:
            yield from _unnamed(before, after, path, old, new)
        return
    places = {item[key]: index for index, item in enumerate(after)}
    for index, item in enumerate(before):
        step = (*path, f"[{key}={item[key]}]")
        at = places.get(item[key])
        if at is None:
            yield FieldChange(step, old / index, new, item, ABSENT)
        else:
            yield from _changes(item, after[at], step, old / index, new / at)
    known = {item[key] for item in before}
    for index, item in enumerate(after):
        if item[key] not in known:
            yield FieldChange((*path, f"[{key}={item[key]}]"), old, new / index, ABSENT, item)


def _unnamed(
    before: list[Any], after: list[Any], path: tuple[str, ...], old: Pointer, new: Pointer
) -> Iterator[FieldChange]:
    """Lists of plain values are sets; other lists are compared item by item."""
    plain = all(not isinstance(item, dict | list) for item in (*before, *after))
    if plain:
        for index, item in enumerate(before):
            if item not in after:
                yield FieldChange((*path, f"[{index}]"), old / index, new, item, ABSENT)
        for index, item in enumerate(after):
            if item not in before:
                yield FieldChange((*path, f"[{index}]"), old, new / index, ABSENT, item)
        return
    for index in range(max(len(before), len(after))):
        left = before[index] if index < len(before) else ABSENT
        right = after[index] if index < len(after) else ABSENT
        yield from _changes(left, right, (*path, f"[{index}]"), old / index, new / index)


def _naming(before: list[Any], after: list[Any]) -> str | None:
    """The key that names the items of both lists, or None."""
    if not before or not after or not all(isinstance(item, dict) for item in (*before, *after)):
        return None
    for key in _KEYS:
        if all(_names(items, key) for items in (before, after)):
            return key
    return None


def _names(items: list[Any], key: str) -> bool:
    names = [item.get(key) for item in items]
    plain = all(isinstance(name, str | int) and not isinstance(name, bool) for name in names)
    return plain and len(set(names)) == len(names)
