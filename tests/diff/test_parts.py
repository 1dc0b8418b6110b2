"""Subcharts that are part of a package have no releases of their own: their values are the chart's."""

from __future__ import annotations

import pytest

from chartgen.changes import Level
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.diff.run import diff
from chartgen.engine.api import Engine

NONE = ""
BESIDE = "dependencies:\n  - {name: cache, version: 1.0.0, repository: 'file://../cache'}\n"
ALIAS = "dependencies:\n  - {name: cache, version: 1.0.0, alias: store}\n"
ELSEWHERE = "dependencies:\n  - {name: cache, version: 1.0.0, repository: 'https://charts.example.com'}\n"


def chart(key: str, dependencies: str, *, old_style: bool = False, values: str = "", version: str = "1.0.0") -> Chart:
    api = "v1" if old_style else "v2"
    described = f"apiVersion: {api}\nname: web\nversion: {version}\n" + ("" if old_style else dependencies)
    files = {
        "Chart.yaml": described,
        "values.yaml": values,
        "charts/cache/Chart.yaml": "apiVersion: v2\nname: cache\nversion: 1.0.0\n",
        "charts/cache/values.yaml": f"{key}: 6379\n",
        "charts/cache/templates/a.yaml": (
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cache\n"
            f"data:\n  port: {{{{ .Values.{key} | quote }}}}\n"
        ),
        **({"requirements.yaml": dependencies} if old_style else {}),
    }
    return Chart.of(files, metadata=metadata(described.encode()))


@pytest.mark.parametrize(
    ("dependencies", "old_style", "place"),
    [
        (NONE, False, "cache"),
        (BESIDE, False, "cache"),
        (BESIDE, True, "cache"),
        (ALIAS, False, "store"),
        (ELSEWHERE, False, ""),
        (ELSEWHERE, True, ""),
    ],
)
def test_a_key_of_a_subchart_is_missed_unless_it_has_releases_of_its_own(
    engine: Engine, dependencies: str, old_style: bool, place: str
) -> None:
    old = chart("port", dependencies, old_style=old_style)
    new = chart("containerPort", dependencies, old_style=old_style, version="1.1.0")
    found = diff(old, new, engine=engine)
    assert not found.crashed
    majors = [one.message for one in found.judged if one.level is Level.MAJOR]
    wanted = f"values.yaml: '{place}.port' was removed, and no template reads it any more"
    assert majors == ([wanted] if place else [])


def test_what_the_chart_sets_of_a_subchart_counts(engine: Engine) -> None:
    old, new = (chart("port", NONE, values=f"cache:\n  port: {port}\n") for port in (1, 2))
    assert [one.message for one in diff(old, new, engine=engine).judged if "default" in one.judgement] == [
        "values.yaml: the default of 'cache.port' is 2 and was 1, which changes ConfigMap/cache"
    ]
