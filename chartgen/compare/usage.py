"""How the templates of one chart use its values, asked key by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from chartgen.templates.abstract import ANY, Parts
from chartgen.templates.analysis import Analysis
from chartgen.templates.charts import Family
from chartgen.templates.steps import Step, following


class Usage:
    """Which keys of values the templates of a chart name, and which they only pass on with the map around them. What
    only NOTES.txt tells, and what is only asked to end the render, is not read: it does nothing.

    ``is_complete`` is false when what is not known to be read may be read all the same: a template does not parse, or
    a library that it uses is not there, or all values are handed to something (``uses_all``).
    """

    def __init__(self, analysis: Analysis) -> None:
        reads, charts = analysis.reads, analysis.family
        self._top = Step()
        for parts in reads.acted_on:
            self._add(parts, charts).touched = True
        for parts in (*reads.acted_on_whole, *charts.vague):
            self._add(parts, charts).whole = True
        self._templated = _Places(reads.templated)
        self._required = _Places(reads.required)
        self._inspected = _Places(reads.inspected)
        self.unknown = reads.unknown
        self.uses_all = self._top.whole
        self.is_complete = reads.complete and not reads.unknown and not self.uses_all
        self._top.whole = False
        self.dependencies = frozenset(one.prefix for one in charts.instances if one.prefix) | {
            parts for parts in charts.vague if parts != (ANY,)
        }

    def _add(self, parts: Parts, charts: Family) -> Step:
        for one in charts.instances:
            depth = len(one.prefix)
            if depth and parts[:depth] == one.prefix and parts[depth : depth + 1] == ("global",):
                parts = parts[depth:]  # a subchart's globals are those of the chart at the top
                break
        return self._top.at(parts)

    def _steps(self, parts: Parts) -> Iterator[tuple[Step, bool]]:
        """The steps that a path leads to, and whether the last part was named rather than one of any."""
        at = [self._top]
        for part in parts[:-1]:
            at = list(following(at, part))
        for step in at:
            if parts[-1] in step.children:
                yield step.children[parts[-1]], True
            if ANY in step.children:
                yield step.children[ANY], False

    def names(self, parts: Parts) -> bool:
        """Whether templates name the key, or something below it: it is part of what the chart offers."""
        return any(named for _, named in self._steps(parts))

    def passes_on(self, parts: Parts) -> bool:
        """Whether the map around the key is used with all that is in it, or each of its items is."""
        at = [self._top]
        for part in parts:
            at = list(following(at, part))
            if any(step.whole for step in at):
                return True
        return any(not named for _, named in self._steps(parts))

    def reads(self, parts: Parts) -> bool:
        """Whether templates read the key in any way."""
        return self.names(parts) or self.passes_on(parts)

    def is_free(self, parts: Parts) -> bool:
        """Whether the key is one of a free-form map: its name means nothing to the templates."""
        return not self.names(parts) and self.passes_on(parts)

    def holds_free_keys(self, parts: Parts) -> bool:
        """Whether the keys below are the user's own: the map is passed on, and none of its keys is named."""
        steps = [step for step, _ in self._steps(parts)]
        passed = any(step.whole or ANY in step.children for step in steps) or self.is_free(parts)
        return passed and not any(key != ANY for step in steps for key in step.children)

    def is_used_whole(self, parts: Parts) -> bool:
        """Whether all of what is at a path is printed or handed to a function."""
        return any(step.whole for step, _ in self._steps(parts))

    def fields_of(self, parts: Parts) -> frozenset[str]:
        """The keys that are named of a map."""
        return frozenset(key for step, _ in self._steps(parts) for key in step.children) - {ANY}

    def fields_of_items(self, parts: Parts) -> frozenset[str]:
        """The keys that are read of each item of a list or map."""
        found = {key for step, _ in self._steps((*parts, ANY)) for key in step.children}
        return frozenset(found - {ANY})

    def uses_items_whole(self, parts: Parts) -> bool:
        """Whether each item of a list or map is printed, or handed to a function, as it is."""
        return any(step.whole for step, _ in self._steps((*parts, ANY)))

    def is_templated(self, parts: Parts) -> bool:
        """Whether the key, or something in it or around it, is handed to ``tpl``."""
        return self._templated.near(parts)

    def is_required(self, parts: Parts) -> bool:
        """Whether the key is handed to ``required``."""
        return self._required.at(parts)

    def is_inspected(self, parts: Parts) -> bool:
        """Whether templates ask which kind of value it is."""
        return self._inspected.at(parts)

    def is_dependency(self, parts: Parts) -> bool:
        """Whether the key belongs to a subchart."""
        return any(parts[: len(prefix)] == prefix for prefix in self.dependencies)


class _Places:
    """A set of paths, some parts of which stand for any key."""

    def __init__(self, places: Iterable[Parts]) -> None:
        self._places: dict[str, list[Parts]] = {}
        for place in places:
            if place:
                self._places.setdefault(place[0], []).append(place)

    def at(self, parts: Parts) -> bool:
        return any(len(place) == len(parts) and _fits(place, parts) for place in self._beginning(parts))

    def near(self, parts: Parts) -> bool:
        return any(_fits(place, parts) for place in self._beginning(parts))

    def _beginning(self, parts: Parts) -> Iterator[Parts]:
        """The places that may begin as a path does."""
        if parts[0] == ANY:
            return chain.from_iterable(self._places.values())
        return chain(self._places.get(parts[0], ()), self._places.get(ANY, ()))


def _fits(place: Parts, parts: Parts) -> bool:
    return all(ANY in (one, other) or one == other for one, other in zip(place, parts, strict=False))


_OVER_KEYS = re.compile(r"\{\{-?\s*range\s+\$(\w+)\s*,\s*\$\w+\s*:=\s*\$?\.Values\.([\w.]+)\s*-?\}\}")


def keys_made_items(analysis: Analysis) -> frozenset[Parts]:
    """The maps whose keys the chart's own templates write as items of a list: ``- --{{ $key }}={{ $value }}``."""
    found = set()
    for template in analysis.templates.values():
        for match in _OVER_KEYS.finditer(template.text):
            body = template.text[match.end() : match.end() + _NEAR]
            if re.match(rf"\s*(?:\{{\{{[^{{}}]*\}}\}}\s*)*- [^\n]*\{{\{{-?\s*\${match[1]}\b", body):
                found.add(tuple(match[2].split(".")))
    return frozenset(found)


_NEAR = 300
