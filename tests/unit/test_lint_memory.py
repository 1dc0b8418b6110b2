"""What a run has seen of a chart is let go of with the chart, without Python having to look for cycles."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from chartgen.chart.read import read_chart
from chartgen.engine.embedded import Embedded
from chartgen.lint.places import Places
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, ScenarioContext
from chartgen.yamlbuild import YamlMap
from tests.unit.lint_support import POD, an_engine, chart

CHARTS = Path(__file__).resolve().parents[2] / "charts-output"


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with an_engine() as engine:
        yield engine


@pytest.fixture
def uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def held() -> int:
    return sum(isinstance(one, ChartContext | ScenarioContext | Places | YamlMap) for one in gc.get_objects())


@pytest.mark.usefixtures("uncollected")
def test_no_chart_outlives_its_judging(engine: Embedded) -> None:
    everything = Settings(Policy(select=tuple(catalogue.ids())))
    bad = chart({"templates/pod.yaml": POD, "values.yaml": "image: nginx\n", "ci/a-values.yaml": "other: 1\n"})
    lint([bad, read_chart(CHARTS / "podinfo")], engine=engine, settings=everything)
    before = held()
    report = lint([bad, read_chart(CHARTS / "podinfo")], engine=engine, settings=everything)
    assert report.findings
    assert held() == before
