"""The SARIF log is what the standard asks for, and keeps its fingerprints when a file is edited."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from chartgen.findings import Finding, Report, Severity
from chartgen.location import Location, Pointer
from chartgen.report import render_report, rules
from tests.report.sample import EMPTY, FULL, NEAR, REPORT
from tests.report.test_escaping import NASTY, nasty

TEXT = {"type": "string", "minLength": 1}
MESSAGE = {
    "type": "object",
    "properties": {"text": TEXT, "markdown": TEXT},
    "required": ["text"],
    "additionalProperties": False,
}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
BAG = {"type": "object", "properties": {"tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True}}}


def closed(required: dict[str, Any], optional: dict[str, Any] = {}) -> dict[str, Any]:  # noqa: B006 - never changed
    """An object that has these properties and no others, as the standard's own schema asks everywhere."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def list_of(items: dict[str, Any], *, unique: bool = False, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": unique, "minItems": least}


COUNT = {"type": "integer", "minimum": 1}
ARTIFACT = closed({"uri": {"type": "string", "format": "uri-reference"}}, {"uriBaseId": TEXT})
REGION = closed({"startLine": COUNT}, {"startColumn": COUNT, "endLine": COUNT, "endColumn": COUNT})
PHYSICAL = closed({"artifactLocation": ARTIFACT}, {"region": REGION})
LOGICAL = closed({"name": TEXT, "fullyQualifiedName": TEXT, "kind": TEXT})
LOCATION = closed(
    {"physicalLocation": PHYSICAL},
    {
        "id": {"type": "integer", "minimum": 0},
        "message": MESSAGE,
        "logicalLocations": list_of(LOGICAL, unique=True),
    },
)
SUPPRESSION = closed(
    {"kind": {"enum": ["inSource", "external"]}},
    {
        "status": {"enum": ["accepted", "underReview", "rejected"]},
        "justification": {"type": "string"},
        "location": LOCATION,
    },
)
SPAN = closed({"startLine": COUNT, "startColumn": COUNT, "endLine": COUNT, "endColumn": COUNT})
REPLACEMENT = closed({"deletedRegion": SPAN}, {"insertedContent": closed({"text": {"type": "string"}})})
CHANGE = closed({"artifactLocation": ARTIFACT, "replacements": list_of(REPLACEMENT, least=1)})
FIX = closed({"artifactChanges": list_of(CHANGE, unique=True, least=1)}, {"description": MESSAGE})
RESULT = closed(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "kind": {"const": "fail"},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": list_of(LOCATION, least=1),
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    },
    {
        "relatedLocations": list_of(LOCATION, unique=True, least=1),
        "suppressions": list_of(SUPPRESSION, unique=True),
        "fixes": list_of(FIX, unique=True),
        "properties": BAG,
    },
)
RULE = closed(
    {"id": TEXT},
    {
        "name": TEXT,
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "help": MESSAGE,
        "helpUri": {"type": "string", "format": "uri", "pattern": "^https://"},
        "defaultConfiguration": closed({"level": LEVEL}),
        "properties": BAG,
    },
)
VERSION = {"type": "string", "pattern": r"^\d+\.\d+\.\d+"}
DRIVER = closed({"name": TEXT, "version": VERSION, "semanticVersion": VERSION, "rules": list_of(RULE, unique=True)})
RUN = closed(
    {"tool": closed({"driver": DRIVER}), "results": list_of(RESULT)},
    {
        "automationDetails": closed({"id": TEXT}),
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "originalUriBaseIds": {"type": "object", "additionalProperties": closed({"description": MESSAGE})},
        "invocations": list_of(closed({"executionSuccessful": {"type": "boolean"}})),
    },
)
LOG = closed({"version": {"const": "2.1.0"}, "runs": list_of(RUN)}, {"$schema": {"type": "string", "format": "uri"}})
"""The parts of SARIF 2.1.0 that are written here, with everything the standard's schema and sections 3.13 to 3.52 ask
of them: no property that it does not define, positions from 1, levels and kinds from its lists, unique rules."""


def log(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render_report(report, "sarif"))
    return found


def results(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log(report)["runs"][0]["results"]
    return found


@pytest.mark.parametrize("report", [REPORT, EMPTY, *map(nasty, NASTY)])
def test_it_is_sarif(report: Report) -> None:
    found = log(report)
    Draft202012Validator(LOG, format_checker=FormatChecker()).validate(found)
    rules = found["runs"][0]["tool"]["driver"]["rules"]
    for result in found["runs"][0]["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for region in regions(result):
            start = (region["startLine"], region.get("startColumn", 1))
            assert (region.get("endLine", start[0]), region.get("endColumn", start[1] + 1)) > start


def regions(value: object) -> Iterator[dict[str, int]]:
    if isinstance(value, dict):
        if "region" in value:
            yield value["region"]
        for inner in value.values():
            yield from regions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from regions(inner)


def test_a_result_says_where_in_the_template_and_where_the_value_is_set() -> None:
    result = results(REPORT)[1]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "charts/web/templates/deployment.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 29},
    }
    (related,) = result["relatedLocations"]
    assert related["message"] == {"text": "the value comes from here"}
    assert related["physicalLocation"]["region"]["startLine"] == 2


def test_what_is_about_a_whole_file_has_no_region() -> None:
    assert "region" not in results(REPORT)[3]["locations"][0]["physicalLocation"]


def test_what_is_allowed_is_suppressed_with_its_reason() -> None:
    (suppression,) = results(REPORT)[4]["suppressions"]
    assert (suppression["kind"], suppression["justification"]) == ("inSource", "runs for a minute")
    assert suppression["location"]["physicalLocation"]["region"] == {"startLine": 8, "startColumn": 3}
    assert all("suppressions" not in result for result in results(REPORT)[:4])


def test_a_fix_is_what_an_editor_can_apply() -> None:
    near, full, *_ = results(REPORT)
    assert full["fixes"] == [
        {
            "description": {"text": "pin the tag"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "charts/web/values.yaml", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 13},
                            "insertedContent": {"text": "nginx:1.27.1"},
                        }
                    ],
                }
            ],
        }
    ]
    assert "fixes" not in near  # its edits are not known


def test_a_fingerprint_outlives_edits_and_stands_once() -> None:
    def fingerprints(*findings: Finding) -> list[str]:
        return [one["partialFingerprints"]["chartgenFinding/v1"] for one in results(Report(findings))]

    moved = FULL._replace(
        primary=FULL.primary._replace(line=30, column=1, end_line=None, end_column=None),
        message="said in other words",
        severity=Severity.INFO,
    )
    assert fingerprints(moved) == fingerprints(FULL)
    assert fingerprints(NEAR) != fingerprints(FULL)
    first, second = fingerprints(FULL, moved)
    assert (first, second) == (*fingerprints(FULL), f"{first}:2")


def test_a_rule_is_explained() -> None:
    rules_of_log = log(REPORT)["runs"][0]["tool"]["driver"]["rules"]
    rule = next(rule for rule in rules_of_log if rule["id"] == "floating-image-tag")
    assert rule["name"] == "FloatingImageTag"
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"]["tags"] == ["images", "baseline"]
    assert "## Why" in rule["help"]["markdown"]
    assert "helpUri" not in rule  # the standard wants an absolute one


def test_a_rule_has_an_address_once_the_project_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "DOCS", "https://example.com/chartgen/blob/main/")
    found = log(REPORT)
    Draft202012Validator(LOG, format_checker=FormatChecker()).validate(found)
    (address,) = [rule["helpUri"] for rule in found["runs"][0]["tool"]["driver"]["rules"] if "helpUri" in rule][:1]
    assert re.fullmatch(r"https://example\.com/chartgen/blob/main/docs/rules/[a-z]+/[a-z-]+\.md", address)


def test_a_failed_run_says_so() -> None:
    assert log(REPORT)["runs"][0]["invocations"] == [{"executionSuccessful": True}]
    assert log(REPORT._replace(crashed=True))["runs"][0]["invocations"] == [{"executionSuccessful": False}]


def test_a_finding_without_a_file_is_in_the_folder_of_the_run() -> None:
    finding = Finding("chart-does-not-load", Severity.ERROR, "it does not load", Location(pointer=Pointer()))
    (result,) = results(Report((finding,)))
    assert result["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": ".", "uriBaseId": "%SRCROOT%"}}


def test_an_absolute_path_is_a_file_uri() -> None:
    finding = FULL._replace(primary=Location("/srv/charts/a b.yaml", 1))
    assert results(Report((finding,)))[0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "file:///srv/charts/a%20b.yaml"
    }
