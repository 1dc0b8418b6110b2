"""Named templates are followed once for each shape of what they are handed, however many places in the values it is.

``include "image" (dict "root" .Values.image "context" $)`` and the same with ``.Values.sidecar.image`` read the same
below two places. So a template is followed with placeholders for the paths in its context, and what it reads is noted
for each call with the paths put in.
"""

from chartgen.templates.abstract import (
    EFFORT,
    Dict,
    Items,
    Parts,
    Path,
    Root,
    Test,
    Union,
    Value,
    identity,
    is_symbolic,
)
from chartgen.templates.notes import Notebook
from chartgen.templates.reads import Reads

Bindings = dict[str, Parts]
"""The path that each placeholder stands for."""

_DEEPEST = 6
"""Maps within maps that are looked into; one may hold itself."""


def outline(value: Value, places: dict[Parts, str], depth: int = 0) -> object:
    """Equal for contexts that differ in nothing but the paths in them; ``places`` takes down the placeholders."""
    kind = type(value)
    if kind is Path:
        return places.setdefault(value.parts, f"\0{len(places)}")  # type: ignore[union-attr]
    if isinstance(value, Root):
        return value
    EFFORT.spend()
    if isinstance(value, Dict) and depth <= _DEEPEST:
        entries = tuple([(key, outline(item, places, depth + 1)) for key, item in value.entries.items()])
        others = tuple([outline(item, places, depth + 1) for item in value.merged])
        return (entries, None if value.rest is None else outline(value.rest, places, depth + 1), others)
    if isinstance(value, Items | Union | Test) and depth <= _DEEPEST:
        return (kind, *[outline(item, places, depth + 1) for item in value[-1]], value[0] if kind is Test else None)
    return identity(value)


def abstracted(value: Value, places: dict[Parts, str], depth: int = 0) -> Value:
    """A context with a placeholder for each path in it; ``places`` takes down which stands for which."""
    if isinstance(value, Path):
        return Path((places.setdefault(value.parts, f"\0{len(places)}"),))
    if depth > _DEEPEST:
        return value
    EFFORT.spend()
    if isinstance(value, Dict):
        copy = Dict(
            {key: abstracted(item, places, depth + 1) for key, item in value.entries.items()},
            None if value.rest is None else abstracted(value.rest, places, depth + 1),
        )
        copy.merged = tuple(abstracted(item, places, depth + 1) for item in value.merged)
        copy.given = True
        return copy
    if isinstance(value, Items):
        return Items(tuple(abstracted(item, places, depth + 1) for item in value.items))
    if isinstance(value, Union):
        return Union(tuple(abstracted(item, places, depth + 1) for item in value.options))
    if isinstance(value, Test):
        return Test(value.op, tuple(abstracted(item, places, depth + 1) for item in value.args))
    return value


_MARKS = (
    *("touched", "whole", "defaulted", "written", "either", "retired", "templated", "required", "inspected"),
    *("texts", "numbers", "lists", "maps", "ranged"),
)
"""What is only a matter of having been read, wherever that is."""

_ACTING = ("acted_on", "acted_on_whole")
"""The same, where it is not read in vain."""


_COST = 200
"""What a summary takes in time and memory, in values looked into; charts of bitnami have up to 1,400 of them."""


class Summary:
    """What a named template reads, with placeholders; and what it prints, if that is written out.

    ``changes`` tells that it changes the map it is handed, which its caller sees: it has to be followed each time.
    """

    def __init__(self, reads: Reads, printed: Value, contexts: list[Value], *, changes: bool) -> None:
        self.printed = printed
        self.changes = changes
        self.contexts = contexts
        self.fixed = Reads()
        self.open = Reads()
        EFFORT.spend(_COST + len(reads.touched) + len(reads.whole) + len(reads.visits))
        for name in ("bare", *_MARKS, *_ACTING):
            for parts in getattr(reads, name):
                getattr(self.open if is_symbolic(parts) else self.fixed, name).add(parts)
        self.own = reads.own
        self.fragile = list(reads.fragile.values())
        self.visits = reads.visits
        self._noted_in: Reads | None = None
        self._acted_in: Reads | None = None

    def note(self, book: Notebook, bindings: Bindings, *, is_sure: bool) -> None:
        """Note all that is read when the placeholders are what they are in this call.

        What another template may be meant instead of (not ``is_sure``) is only noted as read, never as a mistake.
        """
        reads = book.reads
        if self._noted_in is not reads:
            self._noted_in = reads
            for name in _MARKS:
                getattr(reads, name).update(getattr(self.fixed, name))
        reads.templated |= self.fixed.templated  # which is told apart by file
        if not book.idle and self._acted_in is not reads:
            self._acted_in = reads
            for name in _ACTING:
                getattr(reads, name).update(getattr(self.fixed, name))
        for name in _MARKS if book.idle else (*_MARKS, *_ACTING):
            target = getattr(reads, name)
            for parts in getattr(self.open, name):
                target.add(bound(parts, bindings))
        if is_sure:
            self._note_places(book, bindings)

    def _note_places(self, book: Notebook, bindings: Bindings) -> None:
        reads, known = book.reads, book.known
        EFFORT.spend(1 + len(self.visits) + len(self.fragile) + len(self.open.touched))
        for parts, mention in () if book.aside else self.own.items():
            reads.own.setdefault(bound(parts, bindings), mention)
        reads.bare |= self.fixed.bare - known
        for parts in self.open.bare:
            actual = bound(parts, bindings)
            if actual not in known:
                reads.bare.add(actual)
        for fragile in self.fragile:
            here = book.blame_call(fragile) if is_symbolic(fragile.parts) else fragile
            book.rely(here._replace(parts=bound(fragile.parts, bindings), full=bound(fragile.full, bindings)))
        start = len(reads.visits)
        for visit in self.visits:
            outer = visit.outer + start if visit.outer >= 0 else -1
            reads.visits.append(visit._replace(condition=filled(visit.condition, bindings), outer=outer))


def bound(parts: Parts, bindings: Bindings) -> Parts:
    """A path with its placeholder replaced."""
    head = bindings.get(parts[0]) if parts else None
    return parts if head is None else head + parts[1:]


def filled(value: Value, bindings: Bindings, depth: int = 0) -> Value:
    """A value with the placeholders in it replaced."""
    if isinstance(value, Path):
        return Path(bound(value.parts, bindings))
    if depth > _DEEPEST:
        return value
    EFFORT.spend()
    if isinstance(value, Dict):
        rest = None if value.rest is None else filled(value.rest, bindings, depth + 1)
        made = Dict({key: filled(item, bindings, depth + 1) for key, item in value.entries.items()}, rest)
        made.merged = tuple(filled(item, bindings, depth + 1) for item in value.merged)
        return made
    if isinstance(value, Items):
        return Items(tuple(filled(item, bindings, depth + 1) for item in value.items))
    if isinstance(value, Union):
        return Union(tuple(filled(item, bindings, depth + 1) for item in value.options))
    if isinstance(value, Test):
        return Test(value.op, tuple(filled(item, bindings, depth + 1) for item in value.args))
    return value
