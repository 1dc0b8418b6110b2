"""The edits that findings carry, for editors: applied by line and column they make what the fix makes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from chartgen.chart.model import Chart
from chartgen.chart.read import read_chart
from chartgen.engine.embedded import Embedded
from chartgen.fixes import Edit
from chartgen.lint.fixops import Conflict, Plan, changed
from chartgen.lint.run import lint
from tests.fix.support import CHARTS, settings


def applied(chart: Chart, edits: Iterable[Edit]) -> dict[str, bytes]:
    """The files of a chart after edits, as an editor would make them: from the last to the first."""
    texts: dict[str, list[str]] = {}
    for edit in sorted(edits, key=lambda edit: edit[:5], reverse=True):
        path = edit.file.removeprefix(f"{chart.origin}/")
        lines = texts.setdefault(path, chart.files[path].decode().split("\n"))
        end = lines[edit.end_line - 1] if edit.end_line <= len(lines) else ""
        text = lines[edit.line - 1][: edit.column - 1] + edit.text + end[edit.end_column - 1 :]
        lines[edit.line - 1 : edit.end_line] = text.split("\n")
    return {path: "\n".join(lines).encode() for path, lines in texts.items()}


def made(chart: Chart, plan: Plan) -> list[dict[str, bytes]]:
    """What each way of a plan makes of the files it changes."""
    results = []
    for way in plan.ways:
        try:
            after = changed(chart, way)
        except Conflict:
            continue
        results.append({path: text for path, text in after.files.items() if text != chart.files[path]})
    return results


@pytest.mark.parametrize("name", sorted(path.name for path in CHARTS.iterdir()))
def test_edits_make_what_the_fix_makes(name: str, engine: Embedded) -> None:
    chart = read_chart(CHARTS / name, display=name)
    plans: list[Plan] = []
    report = lint([chart], engine=engine, settings=settings()._replace(fixes=True), plans=plans)
    assert {plan.finding for plan in plans} <= set(report.findings)
    with_edits = [plan for plan in plans if plan.finding.fix and plan.finding.fix.edits]
    assert len(with_edits) > 5
    for plan in with_edits:
        assert plan.finding.fix
        assert applied(chart, plan.finding.fix.edits) in made(chart, plan), plan.finding.message


def test_too_much_in_a_file_is_fixed_in_several_turns(engine: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    values = "".join(f"unused{number}: 1\n" for number in range(100))
    monkeypatch.setattr("chartgen.lint.fixplan.MOST_READ", 10 * len(values))
    files = {"Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n", "values.yaml": values}
    chart = Chart.of({path: text.encode() for path, text in files.items()})
    report = lint([chart], engine=engine, settings=settings("unused-value")._replace(fixes=True))
    repairs = [finding.fix for finding in report.findings if finding.fix]
    assert len(repairs) == 100
    assert [bool(repair.edits) for repair in repairs] == [True] * 10 + [False] * 90
    assert {repair.obstacle for repair in repairs[10:]} == {"too much in its file is to be fixed at a time"}
