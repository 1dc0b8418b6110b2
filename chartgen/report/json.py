"""Reports for programs: a versioned shape of its own, described by ``schemas/report.v1.schema.json``.

Nothing is left out: what is not known is ``null``. Fields are added within a version, never renamed or removed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chartgen import __version__
from chartgen.errors import Problem
from chartgen.findings import Finding, Report, Severity
from chartgen.fixes import Repair
from chartgen.location import Location, lines
from chartgen.report.rules import page_path
from chartgen.report.statistics import counts
from chartgen.rules.catalogue import ids


def report(report: Report) -> str:
    """A lint report as JSON text."""
    return dump(
        {
            **head("lint"),
            "charts": list(report.charts),
            "files": list(report.files),
            "summary": {
                **{severity.value: report.number(severity) for severity in Severity},
                "suppressed": len(report.suppressed),
                "scenarios": report.scenarios,
                "objects": report.objects,
                "crashed": report.crashed,
            },
            "statistics": [
                {"rule": one.rule, "severity": one.severity.value, "found": one.found, "suppressed": one.allowed}
                for one in counts(report)
            ],
            "findings": [_finding(finding, report.sources) for finding in report.findings],
            "suppressed": [_finding(finding, report.sources) for finding in report.suppressed],
        }
    )


def problems(problems: tuple[Problem, ...], *, files: tuple[str, ...] = ()) -> str:
    """The problems of inputs as JSON text. ``files`` is every file that was read, good ones included."""
    errors = sum(not problem.warning for problem in problems)
    return dump(
        {
            **head("validate"),
            "files": list(files),
            "summary": {"error": errors, "warning": len(problems) - errors},
            "problems": [
                {
                    "code": problem.code,
                    "severity": "warning" if problem.warning else "error",
                    "message": problem.message,
                    "help": problem.hint,
                    "location": place(problem.location),
                }
                for problem in problems
            ],
        }
    )


def head(command: str) -> dict[str, Any]:
    """What every report begins with."""
    return {"version": 1, "tool": {"name": "chartgen", "version": __version__}, "command": command}


def _finding(finding: Finding, sources: Mapping[str, str]) -> dict[str, Any]:
    suppressed = finding.suppressed
    return {
        "rule": finding.rule,
        "documentation": page_path(finding.rule) if finding.rule in ids() else None,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "chart": finding.chart,
        "subject": finding.subject,
        "fingerprint": finding.fingerprint,
        "location": place(_ended(finding.primary, sources)),
        "related": [{"message": related.message, "location": place(related.location)} for related in finding.related],
        "scenarios": list(finding.scenarios),
        "fix": _fix(finding.fix),
        "suppressed": suppressed
        and {"kind": suppressed.kind, "reason": suppressed.reason, "location": place(suppressed.location)},
    }


def _fix(repair: Repair | None) -> dict[str, Any] | None:
    return repair and {
        "description": repair.description,
        "safe": repair.safe,
        "edits": [
            {
                "file": edit.file,
                "line": edit.line,
                "column": edit.column,
                "end_line": edit.end_line,
                "end_column": edit.end_column,
                "text": edit.text,
            }
            for edit in repair.edits
        ],
        "obstacle": repair.obstacle,
    }


def _ended(location: Location, sources: Mapping[str, str]) -> Location:
    """The location with an end, as editors need one: where no end is known, that of its line."""
    if location.line is None or location.end_line is not None:
        return location
    known = lines(sources.get(location.file or "", ""))
    if location.line > len(known):
        return location
    return location._replace(end_line=location.line, end_column=len(known[location.line - 1]) + 1)


def place(location: Location) -> dict[str, Any]:
    """A location as data; what is not known is None."""
    return {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "pointer": str(location.pointer),
        "exact": location.exact,
    }


def dump(value: dict[str, Any]) -> str:
    """A report as JSON text."""
    # ASCII only, so that the output survives any locale and any unpaired surrogate in a file's name.
    return json.dumps(value, indent=2) + "\n"
