"""What one JSON Schema accepts and the other does not, keyword by keyword.

Whether one schema accepts all that another does cannot be decided in general. What is plain (types, enumerations,
bounds, required and unknown properties) is decided; of the rest it is said that it changed, and ``certain`` is false.
References are followed within each schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.absent import ABSENT
from chartgen.compare.schemaread import ANNOTATIONS, DEEPEST, plain_branches, resolved, types
from chartgen.kube.access import mapping
from chartgen.location import Pointer
from chartgen.templates.abstract import ANY, Parts
from chartgen.tuples import NamedTuple

TIGHTENED, LOOSENED, ANNOTATED, DESCRIBED = "tightened", "loosened", "annotated", "described"


class SchemaChange(NamedTuple):
    """One difference between two schemas.

    ``kind`` is ``tightened`` (what was accepted may be refused), ``loosened``, ``annotated`` (nothing is refused for
    it), or ``described``: a property is spoken of that was not, where any property was allowed. ``place`` is where in
    the values it matters; ``old`` and ``new`` point into the schemas, ``before`` and ``after`` are what stands there.
    """

    kind: str
    keyword: str
    place: Parts
    old: Pointer
    new: Pointer
    before: Any = ABSENT
    after: Any = ABSENT
    certain: bool = True


_FLOORS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
_CEILINGS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
_OPAQUE: tuple[str, ...] = (
    *(
        "not",
        "if",
        "then",
        "else",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
        "propertyNames",
        "contains",
    ),
    *("multipleOf", "format", "unevaluatedProperties", "unevaluatedItems", "prefixItems", "$dynamicRef"),
)
_MOST = 50_000


def schema_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[SchemaChange, ...]:
    """All that differs between two schemas, in order; ``{}`` stands for no schema."""
    return tuple(_Comparing(old, new).run())


class _Comparing:
    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self._tops = (old, new)
        self._seen: set[tuple[Pointer, Pointer]] = set()

    def run(self) -> Iterator[SchemaChange]:
        before, after = (top.get("$schema", ABSENT) for top in self._tops)
        if before != after:
            at = Pointer(("$schema",))
            yield SchemaChange(ANNOTATED, "$schema", (), at, at, before, after)
        yield from self._walk(*self._tops, (), Pointer(), Pointer())

    def _walk(self, old: Any, new: Any, place: Parts, at: Pointer, to: Pointer) -> Iterator[SchemaChange]:
        old, at = resolved(old, at, self._tops[0])
        new, to = resolved(new, to, self._tops[1])
        if (at, to) in self._seen or len(place) > DEEPEST or len(self._seen) > _MOST:
            return
        self._seen.add((at, to))
        if old == new and not ("$ref" in str(old) and self._tops[0] != self._tops[1]):
            return
        here = _Here(old, new, place, at, to)
        yield from _types(here)
        yield from _choices(here)
        yield from _bounds(here)
        yield from _required(here)
        yield from _opaque(here)
        yield from self._properties(here)
        yield from self._items(here)
        for keyword in sorted(ANNOTATIONS & (old.keys() | new.keys())):
            if old.get(keyword, ABSENT) != new.get(keyword, ABSENT):
                yield here.change(ANNOTATED, keyword)

    def _properties(self, here: _Here) -> Iterator[SchemaChange]:
        old, new = here.old, here.new
        before, after = mapping(old, "properties"), mapping(new, "properties")
        was_closed, is_closed = (
            one.get("additionalProperties") is False and not one.get("patternProperties") for one in (old, new)
        )
        if is_closed and not was_closed:
            yield here.change(TIGHTENED, "additionalProperties")
        elif was_closed and not is_closed:
            yield here.change(LOOSENED, "additionalProperties")
        for name in before:
            if name in after:
                yield from self._walk(
                    before[name], after[name], (*here.place, name), here.at / "properties" / name,
                    here.to / "properties" / name,
                )  # fmt: skip
            elif is_closed:
                yield here.property(TIGHTENED, name, before[name], ABSENT)
            else:
                yield here.property(LOOSENED, name, before[name], ABSENT)
        for name in after:
            if name not in before:
                kind = LOOSENED if was_closed else DESCRIBED
                yield here.property(kind, name, ABSENT, after[name])
        extra = [one.get("additionalProperties") for one in (old, new)]
        if all(isinstance(one, dict) for one in extra):
            step = "additionalProperties"
            yield from self._walk(extra[0], extra[1], (*here.place, ANY), here.at / step, here.to / step)
        elif isinstance(extra[1], dict) and extra[1] and not was_closed:
            yield here.change(TIGHTENED, "additionalProperties", certain=False)
        if old.get("patternProperties") != new.get("patternProperties"):
            yield here.change(TIGHTENED, "patternProperties", certain=False)

    def _items(self, here: _Here) -> Iterator[SchemaChange]:
        before, after = here.old.get("items", {}), here.new.get("items", {})
        if isinstance(before, list) or isinstance(after, list):
            if before != after:
                yield here.change(TIGHTENED, "items", certain=False)
        else:
            yield from self._walk(before, after, (*here.place, ANY), here.at / "items", here.to / "items")


class _Here(NamedTuple):
    """Two schemas, resolved, and where they are."""

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    place: Parts
    at: Pointer
    to: Pointer

    def change(self, kind: str, keyword: str, *, certain: bool = True) -> SchemaChange:
        """A change of one keyword."""
        at, to = self.at / keyword, self.to / keyword
        before, after = self.old.get(keyword, ABSENT), self.new.get(keyword, ABSENT)
        return SchemaChange(kind, keyword, self.place, at, to, before, after, certain)

    def property(self, kind: str, name: str, before: Any, after: Any) -> SchemaChange:
        """A property that only one side speaks of."""
        step = Pointer(("properties", name))
        return SchemaChange(kind, "properties", (*self.place, name), self.at + step, self.to + step, before, after)


def _types(here: _Here) -> Iterator[SchemaChange]:
    before, after = types(here.old), types(here.new)
    keyword = "type" if "type" in here.new or "type" in here.old else "anyOf" if "anyOf" in here.new else "oneOf"
    if not before <= after:
        yield here.change(TIGHTENED, keyword)
    elif before != after:
        yield here.change(LOOSENED, keyword)


def _choices(here: _Here) -> Iterator[SchemaChange]:
    before, after = _choice(here.old), _choice(here.new)
    keyword = "const" if "const" in here.new else "enum"
    if after is not None and (before is None or any(one not in after for one in before)):
        yield here.change(TIGHTENED, keyword)
    elif before is not None and (after is None or any(one not in before for one in after)):
        yield here.change(LOOSENED, keyword)


def _choice(schema: Mapping[str, Any]) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    found = schema.get("enum")
    return found if isinstance(found, list) else None


def _bounds(here: _Here) -> Iterator[SchemaChange]:
    for keyword in (*_FLOORS, *_CEILINGS):
        before, after = here.old.get(keyword), here.new.get(keyword)
        if before == after or not all(isinstance(one, int | float | None) for one in (before, after)):
            continue
        if after is None:
            yield here.change(LOOSENED, keyword)
        elif before is None:
            yield here.change(TIGHTENED, keyword)
        else:
            yield here.change(TIGHTENED if (after > before) is (keyword in _FLOORS) else LOOSENED, keyword)
    before, after = here.old.get("pattern"), here.new.get("pattern")
    if before != after:
        yield here.change(LOOSENED if after is None else TIGHTENED, "pattern", certain=before is None or after is None)
    if bool(here.old.get("uniqueItems")) is not bool(here.new.get("uniqueItems")):
        yield here.change(TIGHTENED if here.new.get("uniqueItems") else LOOSENED, "uniqueItems")


def _required(here: _Here) -> Iterator[SchemaChange]:
    before, after = (_names(one.get("required")) for one in (here.old, here.new))
    at, to = here.at / "required", here.to / "required"
    for name in after:
        if name not in before:
            yield SchemaChange(TIGHTENED, "required", (*here.place, name), at, to / after.index(name), ABSENT, name)
    for name in before:
        if name not in after:
            yield SchemaChange(LOOSENED, "required", (*here.place, name), at / before.index(name), to, name, ABSENT)


def _names(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _opaque(here: _Here) -> Iterator[SchemaChange]:
    for keyword in _OPAQUE:
        if here.old.get(keyword, ABSENT) != here.new.get(keyword, ABSENT):
            gone = keyword not in here.new and keyword not in ("then", "else")
            yield here.change(LOOSENED if gone else TIGHTENED, keyword, certain=gone)
    for keyword in ("anyOf", "oneOf", "allOf"):
        before, after = here.old.get(keyword), here.new.get(keyword)
        if before == after or all(
            one is None or plain_branches(side) for one, side in ((before, here.old), (after, here.new))
        ):
            continue
        yield from _branches(here, keyword, before, after)


def _branches(here: _Here, keyword: str, before: Any, after: Any) -> Iterator[SchemaChange]:
    """Alternatives or conditions came, went or changed. More alternatives accept more, more conditions less."""
    were, are = (one if isinstance(one, list) else [] for one in (before, after))
    lost = [one for one in were if one not in are]
    more = [one for one in are if one not in were]
    if keyword == "allOf":
        yield here.change(TIGHTENED if more else LOOSENED, keyword, certain=not more)
    elif after is None:
        yield here.change(LOOSENED, keyword)
    elif before is None or lost:
        yield here.change(TIGHTENED, keyword, certain=False)
    else:
        yield here.change(LOOSENED, keyword, certain=keyword == "anyOf")
