"""Where the text of a rendered field comes from, as far as one can say: candidates for a fix, the likeliest first.

A template line tells which values it reads; whether a change of one of those does what a fix wants is not decided here
but by rendering again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine.gotemplate import actions
from chartgen.engine.provenance import Traced
from chartgen.engine.valuespaths import values_paths
from chartgen.fielddata import CannotEdit
from chartgen.lint.fixops import text_of
from chartgen.lint.origins import is_named_after, subcharts
from chartgen.lint.subject import Subject
from chartgen.lint.targets import Part, Target
from chartgen.location import Pointer
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

VALUES = "values.yaml"

_BLOCKS = frozenset({"if", "range", "with", "define", "block", "else", "else if", "else with", "end"})


class Template:
    """The template that one rendered file came from, and which of its lines a rendered line came from."""

    def __init__(self, subject: Subject, scenario: str, source: str, traced: Traced) -> None:
        if traced.path is None:
            raise CannotEdit("its template is in a packed dependency")
        self.path = traced.path
        self.source = source
        self.text = text_of(subject.chart, traced.path)
        self.lines = self.text.split("\n")
        self._subject = subject
        self._scenario = subject.scenario(scenario)
        self._traced = traced
        self.paths = cache(self._paths)
        self.data = cache(self._data)

    @property
    def is_editable(self) -> bool:
        """Whether the template is the chart's own, and not one that comes again with the next dependency update."""
        return not self.path.startswith("charts/")

    def line(self, rendered: int) -> int:
        """The template line of a rendered line, or 0 when that is not known for certain."""
        origin = self._traced.line(rendered)
        return origin.line if origin.line is not None and origin.exact else 0

    def near(self, rendered: int) -> int:
        """The template line of a rendered line, or one near it; 0 when nothing is known."""
        return self._traced.line(rendered).line or 0

    def at(self, line: int) -> str:
        """The text of a line, without its line end; ``""`` for a line there is none of."""
        return self.lines[line - 1].rstrip("\r") if 0 < line <= len(self.lines) else ""

    def literal(self, line: int, part: Part) -> re.Match[str] | None:
        """The key, or the dash of an item, if the line has it as literal text: groups ``indent``, ``dash``, ``key``."""
        text = self.at(line)
        if isinstance(part, int):
            return re.match(r"(?P<indent> *)(?P<dash>(?:- +)*- )(?P<key>)(?=\S)", text)
        key = re.escape(part)
        return re.match(rf"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>([\"']?){key}\4):(?=\s|$)", text)

    def has_blocks(self, first: int, last: int) -> bool:
        """Whether control structures begin or end on some lines."""
        return any(one.keyword in _BLOCKS for one in actions(self.text) if first <= one.last_line and one.line <= last)

    def _paths(self, line: int) -> tuple[Pointer, ...]:
        return values_paths(self.text, line) if "{{" in self.at(line) else ()

    def _data(self) -> Any:
        try:
            return read(text_of(self._subject.chart, VALUES)).data
        except (YamlError, CannotEdit):
            return None

    def held(self, path: Pointer) -> Any:
        """What values.yaml holds at a path of this template's values; nothing equals it when there is none."""
        return at(self.data(), Pointer(tuple(subcharts(self.source))) + path)

    def in_values(self, path: Pointer, rest: tuple[Part, ...] = ()) -> Pointer:
        """The place in the chart's own values.yaml of what this template calls ``.Values`` and a path.

        Raises CannotEdit when the user or the scenario's own file decides what stands there.
        """
        names: tuple[Part, ...] = () if path.parts[:1] == ("global",) else tuple(subcharts(self.source))
        pointer = Pointer((*names, *path.parts, *rest))
        scenario = self._scenario
        if scenario.overrides(pointer):
            raise CannotEdit(f"{pointer.dotted} is set by '--set'")
        for given in scenario.given:
            if has(given.values, pointer):
                raise CannotEdit(f"{pointer.dotted} is set in {given.name}")
        if scenario.file and has(scenario.values, pointer):
            raise CannotEdit(f"{pointer.dotted} is set in {scenario.file}")
        return pointer

    def holders(self, target: Target) -> Iterator[tuple[Pointer, tuple[Part, ...]]]:
        """The values that hold a field which an action prints along with others, and the way to it in them.

        Nothing when the template names the field itself.
        """
        line = self.near(target.content if target.missing else target.levels[-1].line)
        if target.missing and target.children and self.literal(line, target.children[0].key):
            return
        first = len(target.levels)
        while (
            first
            and self.near(target.levels[first - 1].line) == line
            and not self.literal(line, target.levels[first - 1].part)
        ):
            first -= 1
        rest = target.parts[first:]
        if rest or target.missing:
            named = str(target.parts[first - 1]) if first else ""
            yield from ((path, rest) for path in self._likeliest(line, named, rest, target.value))

    def _likeliest(self, line: int, key: str, rest: tuple[Part, ...], value: Any) -> list[Pointer]:
        def rank(path: Pointer) -> int:
            held = self.held(path + Pointer(rest))
            return 2 * (value is None or held != value) + (not is_named_after(path.parts[-1], key))

        return sorted(self.paths(line), key=rank)


def named_values(chart: Chart, key: str) -> tuple[Pointer, ...]:
    """The values that the chart's named templates read beside a key that they are named after."""
    found: dict[Pointer, None] = {}
    for path in chart.templates:
        text = chart.text(path) or ""
        if "define" not in text or f"{key}:" not in text:
            continue
        for match in re.finditer(rf"^.*\n?[ -]*{re.escape(key)}:(?:.*\n?){{1,2}}", text, re.MULTILINE):
            for dotted in re.findall(r"\.Values\.([\w.]+)", match[0]):
                parts = tuple(dotted.rstrip(".").split("."))
                if is_named_after(parts[-1], key):
                    found[Pointer(parts)] = None
    return tuple(found)


_MISSING = object()


def at(data: Any, pointer: Pointer) -> Any:
    """What stands at a place in values; nothing equals what is returned when there is none."""
    for part in pointer.parts:
        if isinstance(data, dict) and str(part) in data:
            data = data[str(part)]
        elif isinstance(data, list) and str(part).isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return _MISSING
    return data


def has(data: Any, pointer: Pointer) -> bool:
    """Whether something stands at a place in values."""
    return at(data, pointer) is not _MISSING
