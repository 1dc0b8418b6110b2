"""A gate for people: a table of the charts that have changed, then what is wrong, then what to run."""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.gates import Gated, GateReport
from chartgen.report import text
from chartgen.report.gate import as_report
from chartgen.report.style import on_line, paint
from chartgen.report.summary import counted

_HEAD = ("chart", "version", "requires", "verdict")


def report(report: GateReport, *, color: bool = False) -> str:
    """The table; nothing for a gate that no chart has to pass."""
    if not report.charts:
        return ""
    blocks = [table(report.charts, color=color)]
    if findings := text.report(as_report(report), color=color):
        blocks.append(findings)
    return "\n".join(blocks)


def table(charts: Sequence[Gated], *, color: bool = False) -> str:
    """One line for each chart, in columns."""
    rows = [_HEAD, *(row(one) for one in charts)]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(_HEAD) - 1)]
    lines = []
    for number, (name, *_, verdict) in enumerate(rows):
        start = "  ".join(f"{cell:<{width}}" for cell, width in zip(rows[number][:-1], widths, strict=True))
        style = "strong" if not number else "help" if charts[number - 1].passes else "error"
        lines.append(f"{start}  {paint(verdict, style, color=color)}".rstrip() if name else verdict)
    return "".join(f"{line}\n" for line in lines)


def row(one: Gated) -> tuple[str, str, str, str]:
    """The cells of a chart: its folder, the step of its version, what that requires, and what comes of it."""
    version = f"{one.before} -> {one.after}" if one.before != one.after and one.before and one.after else one.after
    if one.state == "removed":
        version = one.before
    required = one.required.value if one.state in ("changed", "moved") else "-"
    return (on_line(one.folder or one.chart), on_line(version or "-"), required, verdict(one))


def verdict(one: Gated) -> str:
    """The end of a chart's line: ``ok``, or the checks that fail; and what happened to the chart."""
    failed = list(dict.fromkeys(finding.rule for finding in one.findings if finding.severity.value == "error"))
    said = ", ".join(failed) or ("-" if one.state == "removed" else "ok")
    if one.allowed:
        said += f", allowed: {on_line(one.allowed)}"
    happened = {"new": "new", "moved": f"was {on_line(one.origin)}", "renamed": f"was named {on_line(one.origin)}"}
    note = "removed" if one.state == "removed" else happened.get(one.state, "")
    return f"{said} ({note})" if note and said != "-" else note or said


def summary(report: GateReport) -> str:
    """The last words of a run: how many charts pass, and what to run when one does not."""
    if not report.charts:
        return f"no charts changed since {report.against}"
    failed = sum(not one.passes for one in report.charts)
    changed = counted(len(report.charts), "chart")
    verb = "has" if len(report.charts) == 1 else "have"
    words = f"{changed} of {report.looked_at} {verb} changed since {report.against}: "
    words += (
        f"{failed} cannot be released so"
        if failed
        else "all may be released"
        if report.charts[1:]
        else "it may be released"
    )
    return words + (f"\nrun: {report.command}" if report.command else "")
