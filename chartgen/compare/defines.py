"""The named templates of two charts: which are gone, new, renamed or different."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chartgen.compare.side import Side
from chartgen.location import Location
from chartgen.templates.syntax import Expr, Node
from chartgen.tuples import NamedTuple


class Define(NamedTuple):
    """A named template. ``body`` is its text without indentation, ``keys`` what it reads of the map it is handed."""

    name: str
    location: Location
    body: str
    keys: frozenset[str]


class DefineChange(NamedTuple):
    """A named template and what became of it; ``old`` or ``new`` is None where it is not there."""

    old: Define | None
    new: Define | None

    @property
    def is_renamed(self) -> bool:
        """Whether it has another name, its text being the same."""
        return bool(self.old and self.new and self.old.name != self.new.name)


def define_changes(old: Side, new: Side) -> tuple[DefineChange, ...]:
    """The named templates that are not what they were, in the old chart's order, then those that are new."""
    before, after = defines(old), defines(new)
    fresh = {name: one for name, one in after.items() if name not in before}
    found: list[DefineChange] = []
    for name, one in before.items():
        other = after.get(name)
        if other is None:
            heir = next((new_name for new_name, new_one in fresh.items() if _is_heir(one, new_one)), None)
            found.append(DefineChange(one, fresh.pop(heir) if heir else None))
        elif other.body != one.body:
            found.append(DefineChange(one, other))
    return tuple(found + [DefineChange(None, one) for one in fresh.values()])


def _is_heir(old: Define, new: Define) -> bool:
    return old.body.replace(old.name, "") == new.body.replace(new.name, "")


def defines(side: Side) -> dict[str, Define]:
    """The chart's own named templates by name; the last of two wins, as in Go."""
    found: dict[str, Define] = {}
    for path, template in side.analysis.templates.items():
        for node in template.defines:
            text = template.text[node.head : node.end]
            body = "\n".join(line.strip() for line in text.splitlines() if line.strip())
            location = template.location(path, node.start, node.head)
            found[node.name] = Define(node.name, location, body, frozenset(_keys(node.body)))
    return found


def _keys(nodes: Sequence[Node]) -> Iterator[str]:
    """The fields of ``.`` and ``$`` that are read; within ``with`` and ``range`` those of ``$`` alone."""
    for node in nodes:
        if node.pipe is not None:
            yield from _fields(node.pipe)
        below = list(_keys(node.body))
        yield from [key for key in below if not key.startswith(".")] if node.kind in ("with", "range") else below
        yield from _keys(node.other)


def _fields(expr: Expr) -> Iterator[str]:
    if expr.kind == "field":
        yield f".{expr.names[0]}"
    elif expr.kind == "variable" and expr.value == "$" and expr.names:
        yield expr.names[0]
    for arg in expr.args:
        yield from _fields(arg)
