"""A comparison for people: what each change asks of the version, where, who is hurt, and what to tell them."""

from __future__ import annotations

from collections.abc import Mapping

from chartgen.changes import Certainty, DiffReport, Judged, Level
from chartgen.location import Location, excerpt
from chartgen.location import lines as source_lines
from chartgen.report.style import on_line, one_line, paint

STYLES = {Level.MAJOR: "error", Level.MINOR: "warning", Level.PATCH: "info", Level.NONE: "info"}
"""The colours of the levels."""


def report(report: DiffReport, *, color: bool = False) -> str:
    """Every judgement as a block, then what could not be compared, then the level that is required."""
    blocks = [_judged(one, report.sources, color) for one in report.judged]
    blocks += [f"{paint('not compared', 'warning', color=color)}: {one_line(one)}" for one in report.unjudged]
    return "\n\n".join([*blocks, verdict(report)]) + "\n"


def verdict(report: DiffReport) -> str:
    """The last line: which step the version needs, and what asks for it."""
    counts = ", ".join(f"{report.number(level)} {level.value}" for level in reversed(Level) if report.number(level))
    names = " -> ".join(f"{one.name} {one.version}".strip() for one in (report.old, report.new))
    told = f"{on_line(names)}: requires {report.required.value} ({counts or 'nothing changed'})"
    if report.enough is False and report.lowest:
        told += f"; {on_line(report.new.version)} does not allow that, {on_line(report.lowest)} does"
    return told


def _judged(one: Judged, sources: Mapping[str, str], color: bool) -> str:
    level = STYLES[one.level]
    heading = paint(f"{one.level.value}[{one.judgement}]", level, color=color)
    likely = " (likely)" if one.certainty is Certainty.LIKELY else ""
    lines = [f"{heading}: {paint(one_line(one.message), 'strong', color=color)}{likely}"]
    same = _line(one.old, sources) == _line(one.new, sources)
    lines += _place("old", one.old, {} if same else sources, color)
    lines += _place("new", one.new, sources, color)
    for name, note in (("only with", one.only_with), ("hurts", one.hurts), ("tell them", one.advice)):
        if note:
            lines.append(f"  {paint(name, 'help', color=color)}: {one_line(note)}")
    return "\n".join(lines)


def _place(name: str, where: Location | None, sources: Mapping[str, str], color: bool) -> list[str]:
    if where is None or not where.file:
        return []
    drawn = excerpt(sources.get(where.file, ""), where)
    doubt = "" if where.exact or where.line is None else " (nearest line)"
    arrow = paint(f"{name} -->", "place", color=color)
    return [f"  {arrow} {on_line(str(where))}{doubt}", *(f"  {line}" for line in drawn.splitlines())]


def _line(where: Location | None, sources: Mapping[str, str]) -> str:
    """The line that a place is in, to show one that did not change only once."""
    known = source_lines(sources.get(where.file or "", "")) if where else ()
    return known[where.line - 1] if where and where.line and where.line <= len(known) else ""
