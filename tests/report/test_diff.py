"""A comparison in every format: as it was last read and found good, valid, and safe whatever stands in a chart."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pytest_snapshot.plugin import Snapshot

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Change, Compared, DiffReport, Judged, Level
from chartgen.location import Location, Pointer
from chartgen.report.diff import FORMATS, render_diff
from chartgen.report.rules import about
from chartgen.resources import schema_text
from chartgen.rules import catalogue as rules
from tests.report.browser import needs_browser, opened
from tests.report.test_escaping import NASTY
from tests.report.test_sarif import LOG

DEPLOYMENT = "templates/deployment.yaml"
OLD, NEW = "old/web", "charts/web"
SOURCES = {
    f"{OLD}/{DEPLOYMENT}": "kind: Deployment\nspec:\n  selector: {matchLabels: {app: web}}\n",
    f"{NEW}/{DEPLOYMENT}": "kind: Deployment\nspec:\n  selector: {matchLabels: {app: www}}\n",
    f"{OLD}/values.yaml": "image: web\nport: 80\n",
}

REPORT = DiffReport(
    Compared("web", "1.4.2", OLD),
    Compared("web", "1.4.3", NEW),
    (
        Judged(
            "selector-changed",
            Level.MAJOR,
            Certainty.DEFINITE,
            "Deployment/web: the selector changed",
            "Deployment/web",
            "everyone who upgrades",
            "delete the workload before the upgrade",
            Location(f"{OLD}/{DEPLOYMENT}", 3, 3, pointer=Pointer(("spec", "selector"))),
            Location(f"{NEW}/{DEPLOYMENT}", 3, 3, pointer=Pointer(("spec", "selector"))),
            ("default", "ci/ha-values.yaml"),
            "web",
        ),
        Judged(
            "values-key-removed",
            Level.MAJOR,
            Certainty.LIKELY,
            "values.yaml: port is gone",
            "values.yaml",
            "those who set it",
            "remove it from your values",
            Location(f"{OLD}/values.yaml", 2, 1, pointer=Pointer(("port",))),
            chart="web",
        ),
        Judged(
            "object-added",
            Level.MINOR,
            Certainty.LIKELY,
            "ConfigMap/web: is new",
            "ConfigMap/web",
            new=Location(f"{NEW}/templates/configmap.yaml"),
            scenarios=("ci/ha-values.yaml",),
            chart="web",
        ),
    ),
    (
        Change(
            "removed", "values", "values.yaml", Pointer(("port",)), 80, ABSENT, Location(f"{OLD}/values.yaml", 2, 1)
        ),
        Change("added", "object", "ConfigMap/web", after=None, scenarios=("ci/ha-values.yaml",)),
    ),
    ("ci/old-values.yaml: the old chart does not render: no such function",),
    2,
    sources=SOURCES,
)
SAME = DiffReport(Compared("web", "1.4.2", OLD), Compared("web", "1.4.2", NEW), (), scenarios=1)

SUFFIXES = {"text": "txt", "concise": "concise.txt", "sarif": "sarif.json", "github": "github.txt", "markdown": "md"}


def nasty(text: str) -> DiffReport:
    """A comparison in which everything that can come from a chart is one text."""
    where = Location(f"{text}/x.yaml", 1, 2, 1, 3, Pointer(("spec", text)))
    one = Judged(
        "selector-changed",
        Level.MAJOR,
        Certainty.DEFINITE,
        f"Pod/{text}: {text}",
        f"Pod/{text}",
        text,
        text,
        where,
        where,
    )
    side = Compared(text, text, text)
    change = Change("changed", "object", text, Pointer((text,)), {text: text}, [text], where, where, (text,))
    return DiffReport(side, side, (one._replace(scenarios=(text,), chart=text),), (change,), (text,), 1)


@pytest.mark.parametrize("name", sorted(SUFFIXES))
def test_it_reads_well(name: str, snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = Path(__file__).parent / "snapshots" / "diff"
    text = render_diff(REPORT, name)
    if name == "sarif":
        log = json.loads(text)
        for rule in log["runs"][0]["tool"]["driver"]["rules"]:
            rule.pop("fullDescription", None), rule.pop("help", None)
        text = json.dumps(log, indent=2) + "\n"
    snapshot.assert_match(text, f"diff.{SUFFIXES[name]}")


@pytest.mark.parametrize("report", [REPORT, SAME], ids=["full", "same"])
def test_json_is_what_the_schema_describes(report: DiffReport) -> None:
    data = json.loads(render_diff(report, "json"))
    Draft202012Validator(json.loads(schema_text("report.v1"))).validate(data)
    assert data["required"] == ("major" if report is REPORT else "none")
    assert [change.get("after", "absent") for change in data["changes"]] == (
        ["absent", None] if report is REPORT else []
    )


def test_sarif_is_valid_and_of_another_run_than_lint() -> None:
    log = json.loads(render_diff(REPORT, "sarif"))
    Draft202012Validator(LOG).validate(log)
    assert log["runs"][0]["automationDetails"]["id"] == "chartgen/diff/"
    (first, *_) = log["runs"][0]["results"]
    assert first["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == f"{OLD}/{DEPLOYMENT}"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_text_from_a_chart_stays_text(name: str, text: str) -> None:
    shown = render_diff(nasty(text), name)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", shown)
    if name in ("json", "sarif"):
        json.loads(shown)
    if name == "html":
        assert len(re.findall("<script", shown)) == 1
    if name == "markdown":
        outside = re.sub("`[^`]*`", "", shown)
        assert "<script" not in outside
        assert "<img" not in outside


def test_text_is_coloured_when_asked() -> None:
    assert "\x1b[" in render_diff(REPORT, "text", color=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", render_diff(REPORT, "text", color=True)) == render_diff(REPORT, "text")


@needs_browser
def test_the_page_names_levels_and_filters_by_judgement(tmp_path: Path) -> None:
    page = opened(render_diff(REPORT, "html"), tmp_path, hash_="rule=selector-changed")
    items = [item for item in re.findall(r"<li ([^>]*)>", page) if not re.search(r"\bhidden\b", item)]
    assert [re.findall(r'data-rule="([^"]*)"', item) for item in items] == [["selector-changed"]]
    assert '<span class="level">major</span>' in page
    assert "requires major" in page


def test_no_judgement_is_called_as_a_rule() -> None:
    from chartgen.judgements import catalogue

    assert not set(catalogue.ids()) & set(rules.ids())
    known = about("selector-changed")
    assert known is not None
    assert (known.group, known.profile) == ("objects", "definite")
