from __future__ import annotations

from chartgen.findings import Severity
from chartgen.report import render_report
from chartgen.report.statistics import Count, counts
from tests.report.sample import EMPTY, FULL, NEAR, REPORT

OFTEN = REPORT._replace(findings=(*REPORT.findings, *[FULL._replace(severity=Severity.INFO)] * 10))


def test_rules_are_counted_the_most_frequent_first() -> None:
    assert counts(OFTEN) == (
        Count("floating-image-tag", Severity.ERROR, 11, 0),
        Count("missing-memory-limit", Severity.WARNING, 1, 1),
        Count("render-failed", Severity.ERROR, 1, 0),
        Count("values-schema-missing", Severity.INFO, 1, 0),
    )


def test_the_worst_severity_of_a_rule_is_told_whatever_the_order() -> None:
    mild = NEAR._replace(severity=Severity.INFO)
    assert counts(REPORT._replace(findings=(mild, NEAR, mild), suppressed=())) == (
        Count("missing-memory-limit", Severity.WARNING, 3, 0),
    )


def test_counts_in_columns() -> None:
    assert (
        render_report(OFTEN, "text", statistics=True)
        == """\
11  error    floating-image-tag
 1  warning  missing-memory-limit   and 1 allowed
 1  error    render-failed
 1  info     values-schema-missing
"""
    )
    assert render_report(EMPTY, "text", statistics=True) == ""


def test_counts_for_scripts() -> None:
    assert render_report(REPORT, "concise", statistics=True) == (
        "1 missing-memory-limit\n1 floating-image-tag\n1 render-failed\n1 values-schema-missing\n"
    )


def test_other_formats_stay_what_they_are() -> None:
    for name in ("json", "sarif", "junit"):
        assert render_report(REPORT, name, statistics=True) == render_report(REPORT, name)


def test_colour_marks_the_severity() -> None:
    assert render_report(REPORT, "text", color=True, statistics=True).startswith("1  \x1b[1;33mwarning\x1b[0m  missing")
