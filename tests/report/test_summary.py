from __future__ import annotations

import pytest

from chartgen.findings import Report
from chartgen.fixes import Repair
from chartgen.report import summary
from tests.report.sample import EMPTY, FULL, PROBLEMS, REPORT


def test_counts_of_a_lint_run() -> None:
    assert summary.of_report(REPORT) == (
        "4 findings (2 errors, 1 warning, 1 info) in 1 chart, 2 scenarios, 14 objects; 1 suppressed; "
        "1 may be fixed by --fix --unsafe"
    )
    assert summary.of_report(EMPTY) == "no findings in 2 charts, 2 scenarios, 1 object"
    assert summary.of_report(Report(findings=())) == "no findings in 0 charts, 0 scenarios, 0 objects"


@pytest.mark.parametrize(
    ("safe", "expected"),
    [
        ((), ""),
        ((True, True), "; 2 may be fixed by --fix"),
        ((False,), "; 1 may be fixed by --fix --unsafe"),
        ((True, False, False), "; 1 may be fixed by --fix, 2 more with --unsafe"),
    ],
)
def test_what_may_be_fixed_is_counted(safe: tuple[bool, ...], expected: str) -> None:
    found = tuple(FULL._replace(fix=Repair("mend it", one)) for one in safe)
    assert summary.of_report(Report(found)).endswith(f"0 objects{expected}")


def test_counts_of_a_validation() -> None:
    assert summary.of_problems(PROBLEMS) == "2 errors, 1 warning"
    assert summary.of_problems(()) == "no problems"
