"""One report in every format, as it was last read and found good: ``pytest --snapshot-update`` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_snapshot.plugin import Snapshot

from chartgen.findings import Finding, Report, Severity
from chartgen.location import Location
from chartgen.report import FORMATS, html, render_report, rules, sarif
from tests.report.sample import EMPTY, REPORT

SUFFIXES = {
    "sarif": "sarif.json",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "xml",
    "markdown": "md",
    "html": "html",
}
"""The formats that are kept as files; the others have tests of their own beside this one."""

MANY = Report(
    findings=tuple(
        Finding(
            f"rule-{number % 50}",
            list(Severity)[number % 3],
            f"Deployment/d{number}: wrong",
            Location(f"charts/c{number % 100}/templates/x.yaml", number + 1, 3),
            f"Deployment/d{number}",
            "put it right",
            chart=f"c{number % 100}",
        )
        for number in range(10_000)
    ),
    charts=tuple(f"charts/c{number}" for number in range(100)),
)


ABOUT = {
    "floating-image-tag": rules.About(
        "A tag can `move`.",
        "It runs <other> code tomorrow.",
        "# floating-image-tag\n\nA tag can `move`.\n",
        Severity.ERROR,
        "baseline",
        "images",
        "docs/rules/images/floating-image-tag.md",
        "",
    )
}
"""What the snapshots say of rules: the words of the real ones are none of their business."""


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (html, sarif):
        monkeypatch.setattr(module, "about", ABOUT.get)
        monkeypatch.setattr(module, "__version__", "1.2.3")


@pytest.mark.parametrize("name", SUFFIXES)
def test_the_shared_report(name: str, snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = Path(__file__).with_name("snapshots")
    snapshot.assert_match(render_report(REPORT, name), f"report.{SUFFIXES[name]}")


@pytest.mark.parametrize("name", SUFFIXES)
def test_nothing_found(name: str, snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = Path(__file__).with_name("snapshots")
    snapshot.assert_match(render_report(EMPTY, name), f"nothing.{SUFFIXES[name]}")


@pytest.mark.parametrize("name", FORMATS)
def test_it_ends_in_a_new_line_and_is_the_same_each_time(name: str) -> None:
    text = render_report(REPORT, name)
    assert text.endswith("\n")
    assert text == render_report(REPORT, name)


@pytest.mark.parametrize("name", FORMATS)
def test_ten_thousand_findings(name: str) -> None:
    """A large repository at its first run: everything is there, or what is not is said, and it does not take long."""
    text = render_report(MANY, name)
    if name == "markdown":
        assert len(text.encode()) < 1024 * 1024
        shown = text.count("| Deployment/")
        assert f"{10_000 - shown} findings more: the report is too long to be shown here" in text
    else:
        assert text.count("Deployment/d9999: wrong") == text.count("Deployment/d0: wrong") > 0
        assert len(text) < 12_000_000
