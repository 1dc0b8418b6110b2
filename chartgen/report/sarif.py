"""SARIF 2.1.0, which code scanning services read.

Every result says its place in the template, the places that help to understand it, and a fingerprint that stays the
same when lines move. What somebody has allowed is there as a suppressed result with the reason. Columns count Unicode
characters, as ``columnKind`` says.

Sources: the OASIS standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; "SARIF support for code
scanning" in GitHub's documentation.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from chartgen import __version__
from chartgen.findings import Finding, Report, Severity
from chartgen.fixes import Edit, Repair
from chartgen.location import Location
from chartgen.report.grouping import fingerprints, subjects
from chartgen.report.rules import about
from chartgen.report.style import clean

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

_ROOT = "%SRCROOT%"

_MOST_RELATED = 10


def report(report: Report, *, command: str = "lint") -> str:
    """A SARIF log with one run, of the command that made the report."""
    found = (*report.findings, *report.suppressed)
    rules = sorted({finding.rule for finding in found})
    index = {rule: number for number, rule in enumerate(rules)}
    subject = subjects(report)
    driver = {
        "name": "chartgen",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        # What stands before the last slash tells this analysis from others of the same commit.
        "automationDetails": {"id": f"chartgen/{command}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder chartgen was run in."}}},
        "invocations": [{"executionSuccessful": not report.crashed}],
        "results": [
            _result(finding, index[finding.rule], fingerprint, otherwise=subject(finding) or finding.chart or ".")
            for finding, fingerprint in zip(found, fingerprints(found), strict=True)
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(rule_id: str) -> dict[str, Any]:
    """What a viewer shows of a rule; of one that is not in the catalogue no more than its id."""
    known = about(rule_id)
    if known is None:
        return {"id": rule_id}
    descriptor: dict[str, Any] = {
        "id": rule_id,
        "name": "".join(word.capitalize() for word in rule_id.split("-")),
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.why or known.title},
        "help": {"text": known.page, "markdown": known.page},
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
        "properties": {"tags": [known.group, known.profile], "problem.severity": _PROBLEM[known.severity]},
    }
    if known.url:
        descriptor["helpUri"] = known.url
    return descriptor


_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
"""The severities as GitHub names them."""


def _result(finding: Finding, index: int, fingerprint: str, *, otherwise: str) -> dict[str, Any]:
    """One result; ``otherwise`` is the place of a finding that is in no file."""
    text = clean(finding.message) + (f"\nHelp: {clean(finding.help)}" if finding.help else "")
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [
            {
                **_place(finding.primary, otherwise=otherwise),
                "logicalLocations": [_logical(finding)],
            }
        ],
        "partialFingerprints": {"chartgenFinding/v1": fingerprint},
        "properties": {"scenarios": list(finding.scenarios), "exact": finding.primary.exact},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": clean(related.message)}, **_place(related.location)}
            for number, related in enumerate(finding.related[:_MOST_RELATED], 1)
        ]
    if finding.fix and finding.fix.edits:
        result["fixes"] = [_fix(finding.fix)]
    if finding.suppressed:
        suppressed = finding.suppressed
        result["suppressions"] = [
            {
                "kind": "inSource" if suppressed.kind in ("comment", "annotation") else "external",
                "status": "accepted",
                "justification": clean(suppressed.reason),
                **({"location": _place(suppressed.location)} if suppressed.location.file else {}),
            }
        ]
    return result


def _fix(repair: Repair) -> dict[str, Any]:
    """The edits that put it right, file by file."""
    files = dict.fromkeys(edit.file for edit in repair.edits)
    return {
        "description": {"text": clean(repair.description)},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(file),
                "replacements": [_replacement(edit) for edit in repair.edits if edit.file == file],
            }
            for file in files
        ],
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    region = {
        "startLine": edit.line,
        "startColumn": edit.column,
        "endLine": edit.end_line,
        "endColumn": edit.end_column,
    }
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


def _logical(finding: Finding) -> dict[str, str]:
    """The object it is about, and the place in it."""
    name = clean(finding.subject) or finding.rule
    pointer = str(finding.primary.pointer)
    full = "/".join(part for part in (finding.chart, finding.subject) if part) or name
    return {"name": name, "fullyQualifiedName": clean(f"{full}#{pointer}" if pointer else full), "kind": "object"}


def _place(location: Location, *, otherwise: str = ".") -> dict[str, Any]:
    """A file, and the region in it as far as it is known: a file without a region is meant as a whole."""
    physical: dict[str, Any] = {"artifactLocation": _artifact(location.file or otherwise)}
    if location.line is not None:
        region = {"startLine": location.line}
        if location.column is not None:
            region["startColumn"] = location.column
        if location.end_line is not None and location.end_column is not None:
            region |= {"endLine": location.end_line, "endColumn": location.end_column}
        physical["region"] = region
    return {"physicalLocation": physical}


def _artifact(file: str) -> dict[str, str]:
    """A file as a URI: a relative one stands below the folder of the run."""
    path = quote(file.replace("\\", "/").encode("utf-8", "surrogateescape"), safe="/~!$&'()*+,;=@")
    if file.startswith("/"):
        return {"uri": f"file://{path}"}
    # A colon in the first part would be taken for a scheme; quote() has replaced it.
    return {"uri": path, "uriBaseId": _ROOT}
