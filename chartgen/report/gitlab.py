"""GitLab's Code Quality report, which a merge request shows beside the lines.

The format knows no file without a line: what is about a whole file, or about a place that is not known, is shown at
its first line. What is suppressed is left out, for GitLab would show it.

Source: "Code Quality report format" in GitLab's documentation.
"""

from __future__ import annotations

import json
from typing import Any

from chartgen.findings import Finding, Report, Severity
from chartgen.report.grouping import fingerprints
from chartgen.report.style import clean, one_line

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(report: Report) -> str:
    """A JSON list with an entry for each finding; every fingerprint stands once, as GitLab asks."""
    entries = [_entry(*pair) for pair in zip(report.findings, fingerprints(report.findings), strict=True)]
    return json.dumps(entries, indent=2) + "\n"


def _entry(finding: Finding, fingerprint: str) -> dict[str, Any]:
    begin = finding.primary.line or 1
    entry: dict[str, Any] = {
        "type": "issue",
        "check_name": finding.rule,
        "description": one_line(finding.message),
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": fingerprint,
        "location": {
            "path": finding.primary.file or finding.chart,
            "lines": {"begin": begin, "end": finding.primary.end_line or begin},
        },
    }
    if finding.help:
        entry["content"] = {"body": clean(finding.help)}
    return entry
