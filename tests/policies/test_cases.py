"""Policies of one's own and what they find: each folder of ``cases/`` holds a policy, objects, and what is expected.

``expected.txt`` is written by ``pytest --snapshot-update``; read its diff.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.objects import parse
from chartgen.policy.custom import CustomPolicies, load_custom
from chartgen.rules.base import ChartContext, Fault, ScenarioContext

CASES = sorted(folder.name for folder in (Path(__file__).parent / "cases").iterdir())


def context(objects: str) -> ScenarioContext:
    return ScenarioContext(ChartContext(Chart({})), "default", "", parse({"templates/all.yaml": objects}))


def load(case: str) -> CustomPolicies:
    return load_custom([("policy.yaml", (Path(__file__).parent / "cases" / case / "policy.yaml").read_text("utf-8"))])


def told(fault: Fault) -> str:
    severity = fault.severity or fault.rule.severity
    assert fault.place.obj is not None
    line = fault.place.obj.rendered_line(fault.place.pointer).line
    where = str(fault.place.pointer) or "/"
    return f"{line}: {severity.value}: {fault.message} [{fault.rule.id}] at {where}\n   {fault.help}\n"


@pytest.mark.parametrize("case", CASES)
def test_policies_find_what_the_api_server_would_refuse(case: str, snapshot: Any) -> None:
    folder = Path(__file__).parent / "cases" / case
    found = load(case).check(context((folder / "objects.yaml").read_text("utf-8")))
    snapshot.snapshot_dir = folder
    snapshot.assert_match("".join(map(told, found)), "expected.txt")


def test_objects_that_scenarios_share_are_judged_once_and_found_in_each() -> None:
    custom = load("replica-limits")
    chart = ChartContext(Chart({}))
    text = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 200}}"
    known: Any = {}
    found = [
        list(custom.check(ScenarioContext(chart, name, "", parse({"templates/a.yaml": text}, known=known))))
        for name in ("default", "other")
    ]
    assert len(found[0]) == 1
    assert found[0] == found[1]
    assert found[0][0] is found[1][0]
