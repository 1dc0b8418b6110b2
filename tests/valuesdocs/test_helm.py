"""Helm itself takes inferred schemas: it accepts what charts are used with, and refuses what cannot work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.chart.read import read_chart
from chartgen.engine.api import Failure, Job, Rendered
from chartgen.engine.choose import open_engine
from chartgen.valuesdocs.schema import SCHEMA, values_schema

CHARTS = Path(__file__).parents[2] / "charts-output"


def with_schema(chart: Chart, *, strict: bool) -> Chart:
    bare = chart._replace(files={path: text for path, text in chart.files.items() if path != SCHEMA})
    return chart._replace(files={**chart.files, SCHEMA: values_schema(bare, strict=strict).encode()})


@pytest.mark.parametrize("strict", [False, True], ids=["plain", "strict"])
def test_helm_accepts_our_own_charts_under_their_inferred_schema(strict: bool) -> None:
    charts = [with_schema(read_chart(path), strict=strict) for path in sorted(CHARTS.iterdir())]
    with open_engine(jobs=2) as helm:
        answers = list(helm.render(Job(chart) for chart in charts))
    assert len(answers) > 5
    assert [answer for answer in answers if isinstance(answer, Failure)] == []


def test_helm_refuses_what_the_templates_cannot_use() -> None:
    chart = Chart.of(
        {
            "Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
            "values.yaml": "replicas: 1\nname: web\nport:\n",
            "templates/x.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n"
            "  name: {{ .Values.name | trunc 63 }}\nspec:\n  replicas: {{ .Values.replicas }}\n",
        },
        metadata={"name": "web"},
    )
    chart = with_schema(chart, strict=False)
    tried: list[dict[str, Any]] = [
        {},
        {"replicas": "2"},
        {"extra": 1},
        {"replicas": None},
        {"replicas": "many"},
        {"name": 5},
    ]
    with open_engine(jobs=1) as helm:
        answers = list(helm.render(Job(chart, values) for values in tried))
    assert [isinstance(answer, Rendered) for answer in answers] == [True, True, True, True, False, False]
    assert [answer.kind for answer in answers if isinstance(answer, Failure)] == ["values", "values"]
