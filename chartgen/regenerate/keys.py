"""YAML and JSON are merged by key, where git sees only lines.

Git calls it a conflict when two neighbouring lines change, as they do in any values.yaml. So values that stand on one
line are merged first, each by its key: it then stands in all three texts alike, and what is left to the lines is what
was added, removed or said in comments. What comes out has to hold what both sides mean, key by key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from chartgen.absent import ABSENT
from chartgen.fielddata import CannotEdit, same, with_field
from chartgen.location import Pointer
from chartgen.regenerate.lines import Texts
from chartgen.tuples import NamedTuple
from chartgen.yamledit import LARGEST_TEXT, Span, apply
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError
from chartgen.yamltree import Node, tree


class Collision(NamedTuple):
    """A value that both sides have changed: its place, what it is on each side, and its offset in mine."""

    at: Pointer
    texts: Texts
    start: int


class Agreed(NamedTuple):
    """The three texts with all values that stand on one line merged in each of them, and those that collide."""

    texts: Texts
    collisions: tuple[Collision, ...]


def data_of(text: str, *, is_json: bool) -> Any:
    """The mapping in a text, or None for anything else: only mappings are merged by key."""
    if len(text) > LARGEST_TEXT:
        return None
    try:
        data = json.loads(text) if is_json else read(text).data
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def agreed(texts: Texts, *, take_mine: bool = True) -> Agreed | None:
    """Merge the values of three texts that hold mappings; of those that collide a side is taken.

    None where they cannot be seen as trees.
    """
    try:
        roots = tuple(root for root in map(tree, texts) if root is not None)
        meant = [read(text).data for text in texts]
        if len(roots) < len(texts):
            return None
        spans: tuple[list[Span], ...] = ([], [], [])
        collisions = []
        for at, nodes in _leaves(Pointer(), roots, tuple(meant)):
            raw = [text[node.start : node.end] for text, node in zip(texts, nodes, strict=True)]
            if len(set(raw)) == 1 or any("\n" in one or one[0] in "|>" for one in raw):
                continue
            values = [_value(one) for one in raw]
            side = _NEW if at == MADE_FROM else _side(*values)
            if side is None:
                collisions.append(Collision(at, Texts(raw[0], raw[1], raw[2]), nodes[1].start))
                side = _MINE if take_mine else _NEW
            for number, node in enumerate(nodes):
                spans[number].append(Span(node.start, node.end, raw[side]))
                meant[number] = with_field(meant[number], at.parts, values[side])
        merged = [apply(text, edits) for text, edits in zip(texts, spans, strict=True)]
        if not all(same(read(text).data, data) for text, data in zip(merged, meant, strict=True)):
            return None
    except (YamlError, CannotEdit):
        return None
    return Agreed(Texts(merged[0], merged[1], merged[2]), tuple(collisions))


MADE_FROM = Pointer(("annotations", "chartgen.dev/spec-sha256"))
"""What Chart.yaml says of the spec it was made from, in which no person has a say."""

_MINE, _NEW = 1, 2


def _side(base: Any, mine: Any, new: Any) -> int | None:
    """Whose value counts; None where each side has one of its own."""
    if same(mine, new) or same(base, new):
        return _MINE
    return _NEW if same(base, mine) else None


def _leaves(at: Pointer, nodes: tuple[Node, ...], data: tuple[Any, ...]) -> Iterator[tuple[Pointer, tuple[Node, ...]]]:
    """The values at the same place in all three that stand on one line in each and may be put in each other's place."""
    if any(node.fixed or node.is_empty for node in nodes):
        return
    if all(node.kind == "map" and node.entries for node in nodes):
        for key in dict.fromkeys(key.text for key, _ in nodes[0].entries if key is not None and not key.fixed):
            places = [node.find(key) for node in nodes]
            # A key that is not in the data is read as another: "yes" as "true".
            if None not in places and all(key in one for one in data):
                inner = tuple(node.entries[place or 0][1] for node, place in zip(nodes, places, strict=True))
                yield from _leaves(at / key, inner, tuple(one[key] for one in data))
    elif all(node.kind == "list" for node in nodes) and are_in_place(*data):
        for index, items in enumerate(zip(*(node.entries for node in nodes), strict=True)):
            yield from _leaves(at / index, tuple(value for _, value in items), tuple(one[index] for one in data))
    elif all(node.kind == "scalar" or node.flow for node in nodes):
        yield at, nodes


def are_in_place(base: list[Any], *sides: list[Any]) -> bool:
    """Whether an item of a list is the same thing in all of them: none is more or less, or stands where another did."""
    was = [_spelled(item) for item in base]
    for side in sides:
        if [_name(item) for item in side] != [_name(item) for item in base]:
            return False
        if any(one != here and one in was for one, here in zip(map(_spelled, side), was, strict=True)):
            return False
    return True


def _spelled(item: Any) -> str:
    return json.dumps(item, sort_keys=True)


def _name(item: Any) -> Any:
    """What an item of a list is known by, None where it has no name."""
    return next((item[key] for key in ("name", "title") if key in item), None) if isinstance(item, dict) else None


def _value(raw: str) -> Any:
    """What a value's text says; the text itself where it says nothing when it stands alone."""
    try:
        return read(raw).data
    except YamlError:
        return raw


def faults(
    merged: Any, base: Any, mine: Any, new: Any, *, take_mine: bool | None = None, at: Pointer = Pointer()
) -> Iterator[Pointer]:
    """The places where merged data is not what both sides mean, nor what the side says that was taken of a conflict.

    Lists whose items are not in place, and texts of several lines, that both have changed are what the lines made of
    them.
    """
    if take_mine is not None and _same(merged, mine if take_mine else new):
        return
    if _same(mine, new) or _same(base, new):
        if not _same(merged, mine):
            yield at
    elif _same(base, mine):
        if not _same(merged, new):
            yield at
    elif all(isinstance(one, dict) for one in (merged, mine, new)):
        before = base if isinstance(base, dict) else {}
        for key in dict.fromkeys((*merged, *mine, *new)):
            sides = (side.get(key, ABSENT) for side in (merged, before, mine, new))
            yield from faults(*sides, take_mine=take_mine, at=at / key)
    elif all(isinstance(one, list) for one in (merged, base, mine, new)):
        if len(merged) == len(base) and are_in_place(base, mine, new):
            for index, items in enumerate(zip(merged, base, mine, new, strict=True)):
                yield from faults(*items, take_mine=take_mine, at=at / index)
    elif not all(isinstance(one, str) and "\n" in one for one in (merged, mine, new)):
        yield at


def doubled(text: str, others: Sequence[str]) -> Pointer | None:
    """A key that stands twice in a text, and in none of the others; None where there is none."""
    try:
        known = {one.pointer for other in others for one in read(other).duplicates}
        return next((one.pointer for one in read(text).duplicates if one.pointer not in known), None)
    except YamlError:
        return None  # JSON with tabs, say


def _same(one: Any, other: Any) -> bool:
    return one is other if ABSENT in (one, other) else same(one, other)
