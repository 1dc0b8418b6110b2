"""Cases of rules that their pages do not show: what must stay silent, and the other forms of a fault.

``lint_rules/<rule>.yaml`` lists the cases of a rule: the files of a chart, and what the rule finds in it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chartgen.engine.api import Options
from chartgen.engine.embedded import Embedded
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy
from chartgen.rules import catalogue
from chartgen.yamlread import read
from tests.unit.lint_support import an_engine, chart

FOLDER = Path(__file__).parent / "lint_rules"
CASES: list[tuple[str, dict[str, Any]]] = [
    (path.stem, case) for path in sorted(FOLDER.glob("*.yaml")) for case in read(path.read_text()).data
]


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with an_engine() as engine:
        yield engine


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule}: {case['case']}" for rule, case in CASES])
def test_case(rule: str, case: dict[str, Any], engine: Embedded) -> None:
    settings = Settings(Policy(select=(rule,)), options=Options(kube_version=case.get("kube-version", "1.34.0")))
    report = lint([chart(case["files"])], engine=engine, settings=settings)
    assert not report.crashed
    assert sorted(one.message for one in report.findings if one.rule == rule) == sorted(case["found"])
    assert [one.message for one in report.findings if one.rule != rule] == [], "the case itself is broken"
    if "help" in case:
        assert [one.help for one in report.findings] == case["help"]
    if "at" in case:
        assert [str(one.primary).removeprefix("charts/app/") for one in report.findings] == case["at"]


def test_the_cases_are_about_rules_that_exist() -> None:
    assert {rule for rule, _ in CASES} <= set(catalogue.ids())
