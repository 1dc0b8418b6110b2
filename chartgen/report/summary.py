"""The last line of a run, for the notes on standard error."""

from __future__ import annotations

from chartgen.errors import Problem
from chartgen.findings import Report, Severity


def of_report(report: Report, *, fixable: bool = True) -> str:
    """``3 findings (1 error, 2 warnings) in 1 chart, 2 scenarios, 14 objects; 1 suppressed``, and what may be fixed."""
    counts = [counted(report.number(severity), _WORDS[severity]) for severity in Severity if report.number(severity)]
    total = len(report.findings)
    text = f"{counted(total, 'finding')} ({', '.join(counts)})" if total else "no findings"
    judged = [counted(len(report.charts), "chart"), counted(report.scenarios, "scenario")]
    if report.files:
        judged = judged * bool(report.charts) + [counted(len(report.files), "file")]
    text += f" in {', '.join([*judged, counted(report.objects, 'object')])}"
    text += f"; {len(report.suppressed)} suppressed" if report.suppressed else ""
    return text + (_fixable(report) if fixable else "")


def _fixable(report: Report) -> str:
    """``; 3 may be fixed by --fix, 2 more with --unsafe``: whether each can be is found out by trying.

    Manifests and archives are not edited, so that what is found in them is none of it.
    """
    archives = tuple(f"{chart}/" for chart in report.charts if chart.endswith("gz"))
    edited = [
        one
        for one in report.findings
        if one.chart and one.chart not in report.files and not (one.primary.file or "").startswith(archives)
    ]
    repairs = [one.fix for one in edited if one.fix and not one.fix.obstacle]
    safe = sum(repair.safe for repair in repairs)
    if not repairs:
        return ""
    if not safe:
        return f"; {len(repairs)} may be fixed by --fix --unsafe"
    more = f", {len(repairs) - safe} more with --unsafe" if len(repairs) > safe else ""
    return f"; {safe} may be fixed by --fix{more}"


def of_problems(problems: tuple[Problem, ...]) -> str:
    """``2 errors, 1 warning``, or ``no problems``."""
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    found = [counted(errors, "error")] * bool(errors) + [counted(warnings, "warning")] * bool(warnings)
    return ", ".join(found) or "no problems"


_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def counted(number: int, word: str) -> str:
    """A number with its word: ``1 chart``, ``2 charts``, ``3 info``."""
    plural = "" if number == 1 or word == "info" else "ies" if word.endswith("y") else "s"
    return f"{number} {word[:-1] if plural == 'ies' else word}{plural}"
