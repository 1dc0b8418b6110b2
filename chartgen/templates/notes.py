"""Notes what is read while templates are followed, and under which conditions."""

from collections.abc import Iterable, Mapping
from typing import Any

from chartgen.templates.abstract import (
    ANY,
    EFFORT,
    OPAQUE,
    Const,
    Dict,
    Form,
    Items,
    Opaque,
    Parts,
    Path,
    Root,
    Test,
    Union,
    Value,
    is_symbolic,
    options,
    union,
)
from chartgen.templates.conditions import MISSING, lookup
from chartgen.templates.reads import Fragile, Mention, Reads
from chartgen.templates.syntax import Expr, Template

OF_THE_CONTEXT = frozenset(("Values", "Release", "Capabilities"))
"""What only the context of a chart has: who asks for it elsewhere takes something else for the context."""

_LONGEST = 40
"""Parts of a path in values that are told apart."""


class Notebook:
    """Where a follower is, what is known to be set there, and what it has read so far.

    ``values`` are the default values of the chart at the top. ``idle`` is not 0 where what is read changes no object.
    ``aside`` is not 0 where a map would have to be missing that the chart sets: subcharts that include it may lack it.
    ``call`` is where the named template is called that is being looked into.
    """

    def __init__(self, values: Mapping[str, Any], roots: Mapping[Parts, Root]) -> None:
        self.values = values
        self.roots = roots
        self.reads = Reads()
        self.file = ""
        self.template: Template | None = None
        self.known: frozenset[Parts] = frozenset()
        self.rooted = True
        self.idle = 0
        self.aside = 0
        self.call: tuple[int, int] | None = None
        self._filled: dict[Parts, bool] = {}

    def field(self, value: Value, name: str) -> Value:
        """A field of a value."""
        if isinstance(value, Path):
            return self.below(value.parts, name)
        if isinstance(value, Root):
            if name == "Values":
                return Path(value.prefix)
            if name == "Subcharts":
                below = {parts[-1]: root for parts, root in self.roots.items() if parts and parts[:-1] == value.prefix}
                return Dict(dict(below), None)
            found: Value = value.extra.get(name, OPAQUE)
            return found
        if isinstance(value, Dict):
            entry = value.entries.get(name)
            if value.rest is None and not value.merged:
                return OPAQUE if entry is None else entry
            known = [one for one in (entry, value.rest) if one is not None]
            return union((*known, *(self.field(one, name) for one in value.merged)))
        if isinstance(value, Union | Test):
            each = tuple(self.field(option, name) for option in options(value))
            return union(each) if each else OPAQUE
        return OPAQUE

    def below(self, parts: Parts, name: str) -> Value:
        """What stands under a name at a path; beyond a depth that no values have, all of it counts as used."""
        if len(parts) < _LONGEST:
            return Path((*parts, name))
        self.use(Path(parts))
        return OPAQUE

    def items(self, value: Value) -> Value:
        """What is in a list or a map."""
        found: list[Value] = []
        for option in options(value):
            if isinstance(option, Path):
                self.touch((*option.parts, ANY), None)
                found.append(self.below(option.parts, ANY))
            elif isinstance(option, Items):
                found += option.items
            elif isinstance(option, Dict):
                found += [*option.held(), *map(self.items, option.merged)]
            elif isinstance(option, Root):
                self.use(option)
        return union(tuple(found)) if found else OPAQUE

    def touch(self, parts: Parts, expr: Expr | None) -> None:
        """Note that a value is looked at."""
        self.reads.touched.add(parts)
        if not self.idle:
            self.reads.acted_on.add(parts)
        if expr is None or self.template is None or not self.file or self.aside or parts in self.reads.own:
            return
        # What a named template reads of a map that it is handed need not be in every map.
        if (self.rooted or "Values" in expr.names) and not self.file.startswith("charts/"):
            self.reads.own[parts] = Mention(self.file, self.template, expr.start, expr.end)

    def look_at(self, value: Value, expr: Expr) -> None:
        """Note that a value is looked at wherever it may come from."""
        places = [option.parts for option in options(value) if isinstance(option, Path)]
        for parts in places:
            self.touch(parts, expr)
        if len(places) > 1:
            self.reads.either.update(places)

    def lean_on(self, parts: Parts, full: Parts, expr: Expr) -> None:
        """Note that a field is read of what may be nothing."""
        if parts in self.known or self.template is None or not self.file or self.file.startswith("charts/"):
            return
        self.rely(Fragile(parts, full, Mention(self.file, self.template, expr.start, expr.end)))

    def rely(self, fragile: Fragile) -> None:
        """Note what is relied on, unless it is there by default."""
        parts = fragile.parts
        if self.aside or parts in self.known or parts in self.reads.fragile:
            return
        filled = self._filled.get(parts)
        if filled is None:
            filled = self._filled[parts] = self._is_filled(parts)
        if not filled:
            self.reads.fragile[parts] = fragile

    def blame_call(self, fragile: Fragile) -> Fragile:
        """Where something is taken for a chart's context, it is the call that hands it to a named template."""
        if fragile.parts[-1] not in OF_THE_CONTEXT or self.call is None or self.template is None or not self.file:
            return fragile
        return fragile._replace(mention=Mention(self.file, self.template, *self.call))

    def _is_filled(self, parts: Parts) -> bool:
        """Whether something is there by default; what is in a map or list that users fill is up to them."""
        if is_symbolic(parts) or OF_THE_CONTEXT.intersection(parts[1:][-1:]):
            return False
        found = lookup(self.values, parts)
        return ANY in parts or (found is not MISSING and found is not None)

    def is_full_map(self, value: Value) -> bool:
        """Whether it is a place in the values at which the chart sets a map with something in it."""
        found = lookup(self.values, value.parts) if isinstance(value, Path) else None
        return isinstance(found, Mapping) and bool(found)

    def default(self, value: Value) -> None:
        """Note that a value has a default."""
        for option in options(value):
            if isinstance(option, Path):
                self.reads.defaulted.add(option.parts)

    def note(self, mark: set[Parts], value: Value) -> None:
        """Add the places that a value may come from to one of the marks."""
        for option in options(value):
            if isinstance(option, Path):
                mark.add(option.parts)

    def whole(self, parts: Parts) -> None:
        """Note that all of what is at a path is used."""
        self.reads.whole.add(parts)
        if not self.idle:
            self.reads.acted_on_whole.add(parts)

    def use_all(self, values: Iterable[Value]) -> None:
        """Note that all of some values are used."""
        for value in values:
            self.use(value)

    def use(self, value: Value) -> None:
        """Note that a value is used with all that is in it."""
        if isinstance(value, Opaque | Const | Form):
            return
        EFFORT.spend()
        if isinstance(value, Path):
            self.whole(value.parts)
            if value.parts not in self.known:
                self.reads.bare.add(value.parts)
        elif isinstance(value, Root):
            self.whole(value.prefix)
        elif isinstance(value, Dict):
            held, state = (*value.held(), *value.merged), (value.entries, value.rest, value.merged)
            value.entries, value.rest, value.merged = {}, None, ()  # while it is looked at: a map may hold itself
            for item in held:
                self.use(item)
            value.entries, value.rest, value.merged = state
        else:
            for item in value.items if isinstance(value, Items) else options(value):
                self.use(item)
