"""One line for each verdict, in the form editors and ``grep`` understand: the place in the new chart, or in the old."""

from __future__ import annotations

from chartgen.changes import DiffReport, Judged
from chartgen.report.diff.text import STYLES
from chartgen.report.style import on_line, one_line, paint


def report(report: DiffReport, *, color: bool = False) -> str:
    """``charts/web/values.yaml:3:1: major: message [judgement]`` for each verdict."""
    lines = []
    for one in report.judged:
        where = on_line(str(one.new or one.old or ""))
        level = paint(one.level.value, STYLES[one.level], color=color)
        lines.append(f"{where}: " * bool(where) + f"{level}: {one_line(one.message)}{_only(one)} [{one.judgement}]\n")
    lines += [f"not compared: {one_line(one)}\n" for one in report.unjudged]
    return "".join(lines)


def _only(one: Judged) -> str:
    return f" (only with {on_line(one.only_with)})" if one.only_with else ""
