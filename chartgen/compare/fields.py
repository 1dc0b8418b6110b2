"""How two pieces of YAML data differ, field by field.

Kubernetes keeps many sets as lists: containers by name, ports by number, environment variables by name. Items of such
a list are matched by what names them, so that an inserted container is one addition and no change of all that follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.absent import ABSENT
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

_KEYS = ("name", "key", "mountPath", "containerPort", "port", "host", "path", "topologyKey", "ip")
"""What may name the items of a list, the first that all of them have and no two share."""

_FIRST = {"ports": ("containerPort", "port", *_KEYS), "volumeMounts": ("mountPath", *_KEYS)}
"""The same for lists whose items have better names than ``name``."""

_ORDERED = frozenset(("args", "command"))
"""Lists of plain values in which the order counts."""


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

    def is_same(self, other: FieldChange) -> bool:
        """Whether another object changed so too."""
        return (self.path, self.before, self.after) == (other.path, other.before, other.after)

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
    key = _naming(before, after, path)
    if key is None:
        if before != after:
            yield from _unnamed(before, after, path, old, new)
        return
    places = {_name(item, key): index for index, item in enumerate(after)}
    for index, item in enumerate(before):
        step = (*path, f"[{key}={_name(item, key)}]")
        at = places.get(_name(item, key))
        if at is None:
            yield FieldChange(step, old / index, new, item, ABSENT)
        else:
            yield from _changes(item, after[at], step, old / index, new / at)
    known = {_name(item, key) for item in before}
    for index, item in enumerate(after):
        if _name(item, key) not in known:
            yield FieldChange((*path, f"[{key}={_name(item, key)}]"), old, new / index, ABSENT, item)


def _unnamed(
    before: list[Any], after: list[Any], path: tuple[str, ...], old: Pointer, new: Pointer
) -> Iterator[FieldChange]:
    """Items that are on both sides are matched wherever they stand. What is left of maps and lists is compared in
    turn when there are as many on both sides; all else was removed and added.
    """
    gone, come = _rest(before, after), _rest(after, before)
    if not gone and not come:
        if (path and path[-1] in _ORDERED) or len(before) != len(after):
            yield FieldChange(path, old, new, before, after)
        return
    nested = all(isinstance(before[index], dict | list) for index in gone)
    if nested and len(gone) == len(come) and all(isinstance(after[index], dict | list) for index in come):
        for left, right in zip(gone, come, strict=True):
            yield from _changes(before[left], after[right], (*path, f"[{left}]"), old / left, new / right)
        return
    for index in gone:
        yield FieldChange((*path, f"[{index}]"), old / index, new, before[index], ABSENT)
    for index in come:
        yield FieldChange((*path, f"[{index}]"), old, new / index, ABSENT, after[index])


def _rest(items: list[Any], others: list[Any]) -> list[int]:
    """The places of the items that are not among others, each of which is the match of one item or more."""
    if len(items) * len(others) <= _MOST:
        return [index for index, item in enumerate(items) if item not in others]
    known = set(map(repr, others))
    return [index for index, item in enumerate(items) if repr(item) not in known]


_MOST = 10_000
"""Comparisons beyond which items are compared as text: of lists that long, nobody changes the order of keys."""


def _naming(before: list[Any], after: list[Any], path: tuple[str, ...]) -> str | None:
    """The key that names the items of both lists, or None."""
    if not before or not after or not all(isinstance(item, dict) for item in (*before, *after)):
        return None
    for key in (*_FIRST.get(path[-1] if path else "", _KEYS), "metadata"):
        if all(_names(items, key) for items in (before, after)):
            return key
    return None


def _name(item: Any, key: str) -> Any:
    """What an item's key says; of its ``metadata``, the name in it."""
    value = item.get(key)
    return value.get("name") if key == "metadata" and isinstance(value, dict) else value


def _names(items: list[Any], key: str) -> bool:
    names = [_name(item, key) for item in items]
    plain = all(isinstance(name, str | int) and not isinstance(name, bool) for name in names)
    return plain and len(set(names)) == len(names)
