"""Workflow commands of GitHub Actions: each finding becomes an annotation beside its line in a pull request.

GitHub shows the first ten errors, ten warnings and ten notices of a step, so the worst come first; the rest stays
readable in the log. The log shows a command's message alone, so the message says the place, too.

Source: GitHub's "Workflow commands for GitHub Actions"; escaping as in ``@actions/core``.
"""

from __future__ import annotations

from chartgen.findings import Finding, Report, Severity
from chartgen.report.grouping import worst_first
from chartgen.report.style import clean, one_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

_LONGEST = 4000
"""Characters of a message; GitHub cuts annotations off at 64 KB, and nobody reads that far."""


def report(report: Report) -> str:
    """``::error file=...,line=3,col=10,endColumn=29,title=...::message`` for each finding, the worst first."""
    return "".join(_command(finding, finding.primary.file in report.files) for finding in worst_first(report.findings))


def _command(finding: Finding, is_manifest: bool) -> str:
    where = finding.primary
    properties: dict[str, object] = {}
    if where.file and not (is_manifest and where.file == "stdin"):
        properties["file"] = where.file
    if where.line is not None:
        properties["line"] = where.line
        properties["endLine"] = where.end_line or where.line
        # GitHub refuses columns for more than one line.
        if where.column is not None and where.end_line in (None, where.line):
            properties["col"] = where.column
            properties["endColumn"] = where.end_column or where.column + 1
    properties["title"] = finding.rule
    text = clean(
        f"{where}: {finding.message} [{finding.rule}]" if str(where) else f"{finding.message} [{finding.rule}]"
    )
    if finding.help:
        text += f"\nhelp: {one_line(finding.help)}"
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 3] + "..."
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {shown}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(clean(text)).replace(":", "%3A").replace(",", "%2C")
