"""A comparison as Markdown, for a comment on a change or the notes of a release."""

from __future__ import annotations

from chartgen.changes import Certainty, DiffReport, Judged, Level
from chartgen.report.diff.text import verdict
from chartgen.report.markdown import MOST_BYTES, code, escaped

_TITLES = {
    Level.MAJOR: "Breaking changes",
    Level.MINOR: "New or changed",
    Level.PATCH: "Fixes",
    Level.NONE: "No effect",
}


def report(report: DiffReport) -> str:
    """The level that is required, and below it the verdicts by level, each with whom it hurts and what to do."""
    text = f"## chartgen diff\n\n{escaped(verdict(report))}\n"
    cut = 0
    for level in reversed(Level):
        rows = [_item(one) for one in report.judged if one.level is level]
        if not rows:
            continue
        text += f"\n### {_TITLES[level]}\n\n"
        for row in rows:
            if len(text.encode()) + len(row.encode()) > MOST_BYTES:
                cut += 1
            else:
                text += row
    if report.unjudged:
        text += "\n### Not compared\n\n" + "".join(f"- {escaped(one)}\n" for one in report.unjudged)
    if cut:
        text += f"\n{cut} more: the report is too long to be shown here\n"
    return text


def _item(one: Judged) -> str:
    likely = " (likely)" if one.certainty is Certainty.LIKELY else ""
    where = one.new or one.old
    lines = [f"- {escaped(one.message)}{likely} {code(one.judgement)}"]
    if where is not None and where.file:
        lines.append(f"  at {code(str(where))}" + (f", was {code(str(one.old))}" if one.new and one.old else ""))
    if one.only_with:
        lines.append(f"  only with {code(one.only_with)}")
    if one.hurts:
        lines.append(f"  hurts {escaped(one.hurts)}")
    if one.advice:
        lines.append(f"  **what to do**: {escaped(one.advice)}")
    return "<br>\n".join(lines) + "\n"
