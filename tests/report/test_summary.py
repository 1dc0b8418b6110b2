from __future__ import annotations

from chartgen.findings import Report
from chartgen.report import summary
from tests.report.sample import EMPTY, PROBLEMS, REPORT


def test_counts_of_a_lint_run() -> None:
    assert summary.of_report(REPORT) == (
        "4 findings (2 errors, 1 warning, 1 info) in 1 chart, 2 scenarios, 14 objects; 1 suppressed"
    )
    assert summary.of_report(EMPTY) == "no findings in 2 charts, 2 scenarios, 1 object"
    assert summary.of_report(Report(findings=())) == "no findings in 0 charts, 0 scenarios, 0 objects"


def test_counts_of_a_validation() -> None:
    assert summary.of_problems(PROBLEMS) == "2 errors, 1 warning"
    assert summary.of_problems(()) == "no problems"
