"""Findings and problems for people: what, where with an excerpt, and how to fix it."""

from __future__ import annotations

from collections.abc import Mapping

from chartgen.errors import Problem
from chartgen.findings import Finding, Report
from chartgen.location import Location, excerpt
from chartgen.report.style import clean, on_line, paint


def report(report: Report, *, color: bool = False) -> str:
    """Every finding as a block; blocks are set apart by an empty line."""
    return _join([_finding(finding, report.sources, color) for finding in report.findings])


def problems(problems: tuple[Problem, ...], sources: Mapping[str, str], *, color: bool = False) -> str:
    """Every problem as a block; blocks are set apart by an empty line."""
    return _join([problem(item, sources, color=color) for item in problems])


def problem(problem: Problem, sources: Mapping[str, str], *, color: bool = False) -> str:
    """One problem as a block, without a new line at its end."""
    level = "warning" if problem.warning else "error"
    return _block(level, level, problem.message, problem.location, [("help", problem.hint)], sources, color)


def _finding(finding: Finding, sources: Mapping[str, str], color: bool) -> str:
    notes = [("note", f"{related.location}: {related.message}") for related in finding.related]
    if finding.scenarios and "default" not in finding.scenarios:
        notes.append(("only with", ", ".join(finding.scenarios)))
    notes.append(("help", finding.help))
    level = finding.severity.value
    return _block(level, f"{level}[{finding.rule}]", finding.message, finding.primary, notes, sources, color)


def _block(
    level: str,
    heading: str,
    message: str,
    location: Location,
    notes: list[tuple[str, str]],
    sources: Mapping[str, str],
    color: bool,
) -> str:
    first, *rest = clean(message).splitlines() or [""]
    lines = [f"{paint(heading, level, color=color)}: {paint(first, 'strong', color=color)}"]
    lines += [f"    {line}".rstrip() for line in rest]
    drawn = excerpt(sources.get(location.file or "", ""), location)
    if location.file:
        margin = " " * (len(str(location.line)) if drawn else 1)
        lines.append(f"{margin} {paint('-->', 'place', color=color)} {on_line(str(location))}{_doubt(location)}")
    if drawn:
        lines += [" " + line for line in drawn.splitlines()]
    for name, note in notes:
        if note:
            label = f"  {name}: "
            lines.append(f"  {paint(name, 'help', color=color)}: " + clean(note).replace("\n", "\n" + " " * len(label)))
    return "\n".join(lines)


def _doubt(location: Location) -> str:
    """What is not known about a place, said rather than guessed."""
    if location.line is None:
        return " (line unknown)" if location.pointer.parts or "templates/" in (location.file or "") else ""
    return "" if location.exact else " (nearest line)"


def _join(blocks: list[str]) -> str:
    return "\n\n".join(blocks) + "\n" if blocks else ""
