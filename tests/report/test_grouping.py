from __future__ import annotations

import pytest

from chartgen.findings import Report
from chartgen.location import Location
from chartgen.report.grouping import by_subject, subjects, worst_first
from tests.report.sample import FULL, REPORT

NESTED = Report((), charts=("charts/web", "charts/web/sub", "charts/webby", "old.tgz"), files=("pod.yaml", "stdin"))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("charts/web/values.yaml", "charts/web"),
        ("charts/web/sub/values.yaml", "charts/web/sub"),
        ("charts/webby/values.yaml", "charts/webby"),
        ("charts/webber/values.yaml", "charts/webber/values.yaml"),
        ("charts/web", "charts/web"),
        ("old.tgz/templates/x.yaml", "old.tgz"),
        ("pod.yaml", "pod.yaml"),
        ("stdin", "stdin"),
        (None, ""),
    ],
)
def test_a_finding_belongs_to_the_innermost_chart_it_is_in(file: str | None, expected: str) -> None:
    assert subjects(NESTED)(FULL._replace(primary=Location(file, 1))) == expected


def test_the_working_directory_holds_what_is_nowhere_else() -> None:
    subject = subjects(Report((), charts=(".", "sub/")))
    assert subject(FULL._replace(primary=Location("values.yaml"))) == "."
    assert subject(FULL._replace(primary=Location("sub/values.yaml"))) == "sub/"
    assert subject(FULL._replace(primary=Location("/etc/x.yaml"))) == "/etc/x.yaml"


def test_charts_without_findings_are_groups_too() -> None:
    groups = by_subject(REPORT._replace(charts=("a", "charts/web", "z")), REPORT.findings)
    assert {name: len(found) for name, found in groups.items()} == {"a": 0, "charts/web": 4, "z": 0}


def test_the_worst_comes_first_and_the_rest_keeps_its_order() -> None:
    assert [finding.severity.value for finding in worst_first(REPORT.findings)] == [
        "error",
        "error",
        "warning",
        "info",
    ]
