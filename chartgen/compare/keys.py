"""What happens to a key of values, as a value; and what a piece of YAML data is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.absent import ABSENT
from chartgen.templates.abstract import Parts
from chartgen.tuples import NamedTuple


class Removed(NamedTuple):
    """A key that values.yaml no longer has, the outermost of what is gone together.

    ``use`` is what the old templates did with it: ``named``, ``free`` (passed on with the map around it) or ``unread``.
    ``still_read`` tells that the new templates read it all the same, ``moved_to`` which new key stands in its place.
    """

    parts: Parts
    before: Any
    use: str
    still_read: bool
    moved_to: Parts | None = None


class Added(NamedTuple):
    """A key that values.yaml did not have, the outermost of what is new together.

    ``use`` is what the new templates do with it; ``known`` that the old templates read it already. ``moved_from``
    is where it was before; of a map whose parts all moved into it that of the first.
    """

    parts: Parts
    after: Any
    use: str
    known: bool
    moved_from: Parts | None = None


class Redefined(NamedTuple):
    """A key that is on both sides with another value; a free-form map counts as one value."""

    parts: Parts
    before: Any
    after: Any

    @property
    def kinds(self) -> tuple[str, str]:
        """What both values are: ``map``, ``list``, ``string``, ``number``, ``boolean`` or ``null``."""
        return kind(self.before), kind(self.after)

    @property
    def is_retyped(self) -> bool:
        """Whether a map, a list or a plain value became another of these, null apart."""
        before, after = (_SHAPES.get(one, "plain") for one in self.kinds)
        return before != after and "null" not in self.kinds

    @property
    def is_flip(self) -> bool:
        """Whether a switch was turned."""
        return isinstance(self.before, bool) and isinstance(self.after, bool)


_SHAPES = {"map": "map", "list": "list"}


def kind(value: Any) -> str:
    """What a value is, as people call it."""
    if isinstance(value, Mapping):
        return "map"
    if isinstance(value, list):
        return "list"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "null" if value is None else "string"


def lookup(values: Any, parts: Parts) -> Any:
    """What stands at a path, or ABSENT."""
    for part in parts:
        if not isinstance(values, Mapping) or part not in values:
            return ABSENT
        values = values[part]
    return values


def is_empty(value: Any) -> bool:
    """Whether a value is one that says nothing: null, empty text, an empty list or map."""
    return value is None or value in ("", [], {})
