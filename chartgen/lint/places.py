"""Rendered lines -> template lines: a second render with markers, of what was found and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from chartgen.engine.api import Engine, Job, Options, Rendered
from chartgen.engine.provenance import Asked, Origin, Trace, Traced
from chartgen.findings import Related
from chartgen.lint.columns import span
from chartgen.lint.drafts import Draft, Spot
from chartgen.lint.origins import ValueOrigins
from chartgen.lint.subject import Subject
from chartgen.location import Location

_RANDOM = (
    r"(?P<literal>[^{}\s:\"']*)\{\{[^{}]*\b(?:rand(?:Alpha|AlphaNum|Numeric|Ascii|Bytes|Int)|uuidv4|now|shuffle)\b"
)
"""An action that gives something else each time, and the text before it on its line."""

_RANDOM_WORDS = ("rand", "uuidv4", "now", "shuffle")


class Places:
    """Answers where a spot is in the files of one chart. ``traces`` is by scenario."""

    def __init__(self, subject: Subject, traces: Mapping[str, Mapping[str, Traced]]) -> None:
        self._subject = subject
        self._traces = traces
        self._lines: dict[str, list[str]] = {}
        self._values = ValueOrigins(subject)

    def traced(self, scenario: str, source: str) -> Traced | None:
        """Where the lines of a rendered file came from, as far as they were asked for."""
        return self._traces.get(scenario, {}).get(source)

    def location(self, spot: Spot, scenarios: Sequence[str]) -> Location:
        """The place of a spot in the chart, as seen in the first of its scenarios; the line may stay unknown."""
        where = spot.location
        if not spot.is_rendered:
            return where
        traced = self._traces.get(scenarios[0], {}).get(spot.source) if scenarios else None
        file = (traced and traced.path) or where.file
        origin = _origin(traced, where.line) if traced else Origin()
        if origin.line is None:
            return Location(file, pointer=where.pointer)
        text = self._line(file or "", origin.line)
        columns = span(text, spot) if text and origin.exact else None
        start, end = columns or (None, None)
        end_line = origin.line if end else None
        return Location(file, origin.line, start, end_line, end, where.pointer, origin.exact)

    def stable_name(self, draft: Draft) -> tuple[str, str]:
        """The name of the object a draft is about, and the name without what its template makes up at random.

        ``("", "")`` when nothing of it is random: two runs must say the same.
        """
        owner = draft.owner
        if owner is None or not draft.scenarios:
            return "", ""
        traced = self._traces.get(draft.scenarios[0], {}).get(owner.source)
        line = traced.line(owner.line).line if traced else None
        text = self._line(traced.path or "", line) if traced and line is not None else ""
        match = re.search(_RANDOM, text) if any(word in text for word in _RANDOM_WORDS) else None
        if match is None:
            return "", ""
        before, found, _ = owner.name.rpartition(match["literal"] or "\0")
        return owner.name, f"{before}{found}*"

    def related(self, draft: Draft, primary: Location) -> tuple[Related, ...]:
        """The other places of a draft, and where the value that its template line reads is set."""
        others = [Related(self.location(spot, draft.scenarios), message) for spot, message in draft.related]
        if draft.spot.is_rendered and primary.line is not None and primary.file:
            others += self._values.of(draft.spot, primary.file, primary.line, draft.scenarios[0])
        return tuple(others)

    def set_by(self, draft: Draft, primary: Location, scenario: str) -> Iterator[Location]:
        """Where the value that the template line reads is set in one scenario."""
        if draft.spot.is_rendered and primary.line is not None and primary.file:
            for related in self._values.of(draft.spot, primary.file, primary.line, scenario):
                yield related.location

    def given(self, draft: Draft, primary: Location) -> tuple[Related, ...]:
        """Where the user's own files set the value that the template line reads."""
        if not draft.spot.is_rendered or primary.line is None or not primary.file:
            return ()
        return tuple(self._values.of_user(draft.spot, primary.file, primary.line, draft.scenarios[0]))

    def _line(self, file: str, number: int) -> str:
        if file not in self._lines:
            self._lines[file] = (self._subject.chart.text(file) or "").split("\n")
        lines = self._lines[file]
        return lines[number - 1] if number <= len(lines) else ""


def _origin(traced: Traced, line: int | None) -> Origin:
    """Where a rendered line came from. What is missed at the end of a text is missed near its last line."""
    if line is not None and line > len(traced.origins) > 0:
        last = next((origin.line for origin in reversed(traced.origins) if origin.line is not None), None)
        return Origin(last, False)
    return traced.line(line)


class Lookup:
    """The template lines of what was found in one chart's rendered text, being looked up from now on."""

    def __init__(self, subject: Subject, engine: Engine, options: Options) -> None:
        self._subject = subject
        self._names = list(subject.texts)
        asked = [
            Asked(_job(subject, name, options), Rendered(texts), frozenset(texts))
            for name, texts in subject.texts.items()
        ]
        self._trace = Trace(engine, asked)

    def places(self) -> Places:
        """The answer. To be asked for once."""
        return Places(self._subject, dict(zip(self._names, self._trace.result(), strict=True)))


def _job(subject: Subject, name: str, options: Options) -> Job:
    scenario = subject.scenario(name)
    return Job(subject.to_render, scenario.values, scenario.set_values, scenario.circumstances(options))
