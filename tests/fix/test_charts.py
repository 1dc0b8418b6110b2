"""Whole charts before and after: every fix of the strict profile, as a diff that is read by people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chartgen.chart.read import read_chart
from chartgen.engine.embedded import Embedded
from tests.fix.support import CHARTS, difference, fixed

NAMES = sorted(path.name for path in CHARTS.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_what_is_fixed_in_a_chart(name: str, engine: Embedded, snapshot: Any) -> None:
    before = read_chart(CHARTS / name, display=name)
    result = fixed(before, engine)
    after = result.chart
    dropped = "".join(f"# not {one.finding.rule}: {one.reason}\n" for one in result.dropped)
    snapshot.snapshot_dir = Path(__file__).with_name("snapshots")
    snapshot.assert_match((difference(before, after) + dropped).encode(), f"{name}.diff")
    again = fixed(after, engine)
    assert again.done == (), "what was fixed is found again"
    assert again.chart == after


@pytest.mark.parametrize("name", NAMES)
def test_safe_fixes_are_among_them(name: str, engine: Embedded) -> None:
    before = read_chart(CHARTS / name, display=name)
    result = fixed(before, engine, unsafe=False)
    assert all(finding.fix and finding.fix.safe for finding in result.done)
    assert all(finding.fix and not finding.fix.safe for finding in result.waiting)
