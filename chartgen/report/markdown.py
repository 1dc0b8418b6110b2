"""Markdown for the summary of a CI job or a comment in a review: a table for each chart, the worst first.

GitHub takes 1 MiB in a job's summary and shows nothing of a longer one, so a long report ends early and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartgen.findings import Finding, Report
from chartgen.report.grouping import by_subject, worst_first
from chartgen.report.style import clean
from chartgen.report.summary import counted, of_report

MOST_BYTES = 1_000_000
"""Bytes of a report; GitHub's limit is 1,048,576, and a few words follow."""

_HEAD = "| severity | finding | where | rule |\n|---|---|---|---|\n"


def report(report: Report) -> str:
    """A heading, the counts, and a table for each chart that something was found in."""
    text = f"## chartgen\n\n{_sentence(of_report(report))}\n"
    left = MOST_BYTES
    cut = 0
    for name, found in by_subject(report, report.findings).items():
        if not found:
            continue
        rows, left, more = _rows(worst_first(found), left)
        cut += more
        if rows:
            text += f"\n### {escaped(name or 'no file')}\n\n{_HEAD}{rows}"
    allowed, left, more = _rows(report.suppressed, left)
    cut += more
    if allowed:
        summary = f"{counted(len(report.suppressed), 'finding')} allowed"
        text += f"\n<details><summary>{summary}</summary>\n\n{_HEAD}{allowed}\n</details>\n"
    if cut:
        text += f"\n{counted(cut, 'finding')} more: the report is too long to be shown here\n"
    return text


def _rows(found: Iterable[Finding], left: int) -> tuple[str, int, int]:
    """Table rows as long as there are bytes left, what is left then, and how many rows there was no room for."""
    rows = []
    more = 0
    for finding in found:
        row = _row(finding)
        if more or len(row.encode()) > left:
            more += 1
            continue
        left -= len(row.encode())
        rows.append(row)
    return "".join(rows), left, more


def _row(finding: Finding) -> str:
    cell = f"{escaped(finding.message)}"
    if finding.suppressed:
        cell += f"<br>allowed: {escaped(finding.suppressed.reason)}"
    elif finding.help:
        cell += f"<br>help: {escaped(finding.help)}"
    return f"| {finding.severity.value} | {cell} | {code(str(finding.primary))} | {code(finding.rule)} |\n"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$@])")


def escaped(text: str) -> str:
    """Text in which nothing is Markdown or HTML, in one line of a table."""
    plain = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<br>".join(_SPECIAL.sub(r"\\\1", line.strip()) for line in plain.splitlines() if line.strip())


def code(text: str) -> str:
    """Text as code in a cell; without backticks of its own."""
    shown = clean(" ".join(text.split())).replace("`", "'").replace("|", "\\|")
    return f"`{shown}`" if shown else ""
