"""One line for each finding or problem, in the form editors and ``grep`` understand: ``file:line:column: ...``.

What is not known of the place is left out.
"""

from __future__ import annotations

from chartgen.errors import Problem
from chartgen.findings import Report
from chartgen.location import Location
from chartgen.report.style import on_line, one_line, paint


def report(report: Report, *, color: bool = False) -> str:
    """``charts/web/templates/deployment.yaml:34:18: warning: message [rule]`` for each finding."""
    return "".join(
        _line(finding.primary, finding.severity.value, f"{one_line(finding.message)} [{finding.rule}]", color)
        for finding in report.findings
    )


def problems(problems: tuple[Problem, ...], *, color: bool = False) -> str:
    """``app.yaml:4:9: error: message`` for each problem."""
    return "".join(
        _line(problem.location, "warning" if problem.warning else "error", one_line(problem.message), color)
        for problem in problems
    )


def _line(location: Location, level: str, message: str, color: bool) -> str:
    where = on_line(str(location))
    return f"{where}: " * bool(where) + f"{paint(level, level, color=color)}: {message}\n"
