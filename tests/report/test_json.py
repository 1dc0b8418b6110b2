from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from chartgen.report import render_problems, render_report
from chartgen.resources import schema_text
from tests.report.sample import EMPTY, PROBLEMS, REPORT, SOURCES

SCHEMA = json.loads(schema_text("report.v1"))
LOCATION = {
    "file": "charts/web/templates/deployment.yaml",
    "line": 3,
    "column": 10,
    "end_line": 3,
    "end_column": 29,
    "pointer": "/spec/template/spec/containers/0/image",
    "exact": True,
}


def test_a_finding_as_json() -> None:
    finding = json.loads(render_report(REPORT, "json"))["findings"][1]
    assert finding == {
        "rule": "floating-image-tag",
        "documentation": "docs/rules/images/floating-image-tag.md",
        "severity": "error",
        "message": "Deployment/web: container 'web' runs 'nginx', whose tag can move",
        "help": "pin a version or a digest",
        "chart": "charts/web",
        "subject": "Deployment/web",
        "fingerprint": "fca8b46c74b929c379e3b06dd4219ce0",
        "location": LOCATION,
        "related": [
            {
                "message": "the value comes from here",
                "location": {
                    "file": "charts/web/values.yaml",
                    "line": 2,
                    "column": 8,
                    "end_line": 2,
                    "end_column": 13,
                    "pointer": "/image",
                    "exact": True,
                },
            }
        ],
        "scenarios": ["default", "ci/ha-values.yaml"],
        "fix": {
            "description": "pin the tag",
            "safe": False,
            "edits": [
                {
                    "file": "charts/web/values.yaml",
                    "line": 2,
                    "column": 8,
                    "end_line": 2,
                    "end_column": 13,
                    "text": "nginx:1.27.1",
                }
            ],
            "obstacle": "",
        },
        "suppressed": None,
    }


def test_the_summary_counts_what_is_there() -> None:
    report = json.loads(render_report(REPORT, "json"))
    assert report["version"] == 1
    assert report["summary"] == {
        "error": 2,
        "warning": 1,
        "info": 1,
        "suppressed": 1,
        "scenarios": 2,
        "objects": 14,
        "crashed": False,
    }
    assert report["suppressed"][0]["suppressed"] == {
        "kind": "comment",
        "reason": "runs for a minute",
        "location": {
            "file": "charts/web/templates/job.yaml",
            "line": 8,
            "column": 3,
            "end_line": None,
            "end_column": None,
            "pointer": "",
            "exact": True,
        },
    }


def test_an_unknown_line_is_null_and_never_1() -> None:
    location = json.loads(render_report(REPORT, "json"))["findings"][2]["location"]
    assert (location["file"], location["line"], location["column"]) == ("charts/web/templates/x.yaml", None, None)


def test_an_editor_finds_an_end_wherever_there_is_a_line() -> None:
    findings = json.loads(render_report(REPORT, "json"))["findings"]
    assert [(one["location"]["end_line"], one["location"]["end_column"]) for one in findings] == [
        (2, 6),  # that of the line, because nothing is known of the place's own
        (3, 29),
        (None, None),
        (None, None),
    ]


def test_a_rule_that_is_not_in_the_catalogue_has_no_page() -> None:
    assert json.loads(render_report(REPORT, "json"))["findings"][2]["documentation"] is None


def test_findings_are_counted_by_rule() -> None:
    assert json.loads(render_report(REPORT, "json"))["statistics"] == [
        {"rule": "missing-memory-limit", "severity": "warning", "found": 1, "suppressed": 1},
        {"rule": "floating-image-tag", "severity": "error", "found": 1, "suppressed": 0},
        {"rule": "render-failed", "severity": "error", "found": 1, "suppressed": 0},
        {"rule": "values-schema-missing", "severity": "info", "found": 1, "suppressed": 0},
    ]


def test_a_fix_that_cannot_be_made_says_why() -> None:
    findings = json.loads(render_report(REPORT, "json"))["findings"]
    assert findings[0]["fix"] == {
        "description": "set a memory limit",
        "safe": False,
        "edits": [],
        "obstacle": "the field comes from a helper",
    }
    assert findings[2]["fix"] is None


def test_problems_as_json() -> None:
    report = json.loads(render_problems(PROBLEMS, SOURCES, "json", files=("app.yaml", "-")))
    assert report["command"] == "validate"
    assert report["files"] == ["app.yaml", "-"]
    assert report["summary"] == {"error": 2, "warning": 1}
    assert report["problems"][0] == {
        "code": "out-of-range",
        "severity": "error",
        "message": "ports.http: 99999 is greater than 65535",
        "help": "choose a port between 1 and 65535",
        "location": {
            "file": "app.yaml",
            "line": 4,
            "column": 9,
            "end_line": 4,
            "end_column": 14,
            "pointer": "/ports/http",
            "exact": True,
        },
    }


@pytest.mark.parametrize(
    "text",
    [render_report(REPORT, "json"), render_report(EMPTY, "json"), render_problems(PROBLEMS, {}, "json")],
    ids=["findings", "nothing", "problems"],
)
def test_every_report_obeys_the_published_schema(text: str) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(text))


def test_the_published_schema_is_closed_and_described() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    report = json.loads(render_report(REPORT, "json"))
    report["findings"][0]["extra"] = 1
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(report)
    for name, properties in _objects(SCHEMA):
        for key, value in properties.items():
            assert value.get("description"), f"{name}.{key} has no description"
            assert value.get("examples") or "$ref" in value or value["type"] == "object", f"{name}.{key} has no example"


def _objects(schema: object, name: str = "") -> list[tuple[str, dict[str, dict[str, object]]]]:
    found = []
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, f"{name} is open"
            found.append((name, schema["properties"]))
        for key, value in schema.items():
            if key != "examples":
                found += _objects(value, f"{name}/{key}")
    elif isinstance(schema, list):
        for item in schema:
            found += _objects(item, name)
    return found
