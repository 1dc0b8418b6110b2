"""What templates render only where the cluster has an API, or is an older one: seen, and named."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from chartgen.changes import DiffReport, Level
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.diff.run import diff
from chartgen.engine.api import Engine, Options

MONITORS = "monitoring.coreos.com/v1"


def chart(files: Mapping[str, str], version: str = "1.0.0") -> Chart:
    described = f"apiVersion: v2\nname: web\nversion: {version}\n"
    return Chart.of({**files, "Chart.yaml": described}, metadata=metadata(described.encode()))


def service(port: str, condition: str) -> str:
    return (
        f"{{{{- if {condition} }}}}\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n"
        f"    - name: {port}\n      port: 80\n{{{{- end }}}}\n"
    )


def compared(
    engine: Engine, condition: str, values: str = "", options: Options = Options(), *, with_switches: bool = True
) -> DiffReport:
    old, new = ({"values.yaml": values, "templates/a.yaml": service(port, condition)} for port in ("http", "web"))
    found = diff(
        chart(old), chart(new, "1.1.0"), engine=engine, options=options, with_upgrade=True, with_switches=with_switches
    )
    assert not found.crashed, found.unjudged
    return found


def renamed(found: DiffReport) -> list[tuple[str, ...]]:
    return [one.scenarios for one in found.judged if one.judgement == "port-renamed"]


def test_what_needs_an_api_is_seen_and_the_api_is_named(engine: Engine) -> None:
    found = compared(engine, f'.Capabilities.APIVersions.Has "{MONITORS}"')
    assert renamed(found) == [(f"the API {MONITORS}",)]
    assert [one.scenario for one in found.upgrades] == ["default"]


def test_what_shows_without_it_is_told_without_it(engine: Engine) -> None:
    assert renamed(compared(engine, f'or true (.Capabilities.APIVersions.Has "{MONITORS}")')) == [("default",)]


def test_a_switch_that_needs_an_api_is_turned_on_with_it(engine: Engine) -> None:
    ends = '{{- if not (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1") }}{{ fail "no API" }}{{ end }}'
    files = [
        {"values.yaml": "metrics:\n  enabled: false\n", "templates/a.yaml": service(port, ".Values.metrics.enabled")}
        for port in ("http", "web")
    ]
    for one in files:
        one["templates/a.yaml"] = one["templates/a.yaml"].replace("apiVersion", f"{ends}\napiVersion", 1)
    found = diff(chart(files[0]), chart(files[1], "1.1.0"), engine=engine)
    assert renamed(found) == [("metrics.enabled=true",)]


def test_kinds_of_kubernetes_are_asked_for_as_a_cluster_answers(engine: Engine) -> None:
    condition = '.Capabilities.APIVersions.Has "policy/v1/PodDisruptionBudget"'
    assert renamed(compared(engine, condition)) == [("the API policy/v1/PodDisruptionBudget",)]
    assert renamed(compared(engine, '.Capabilities.APIVersions.Has "policy/v1beta1/PodSecurityPolicy"')) == []


def test_what_the_user_says_of_the_cluster_counts(engine: Engine) -> None:
    condition = f'.Capabilities.APIVersions.Has "{MONITORS}"'
    assert renamed(compared(engine, condition, options=Options(api_versions=("example.com/v1",)))) == []
    assert renamed(compared(engine, condition, with_switches=False)) == []


@pytest.mark.parametrize(
    ("condition", "scenarios"),
    [
        ('semverCompare "<1.30-0" .Capabilities.KubeVersion.Version', ["Kubernetes 1.29"]),
        ('semverCompare "<=1.30" .Capabilities.KubeVersion.GitVersion', ["Kubernetes 1.30"]),
        ('not (semverCompare ">=1.31-0" .Capabilities.KubeVersion.Version)', ["Kubernetes 1.30"]),
        ('semverCompare "<1.21-0" .Capabilities.KubeVersion.Version', []),
        ('semverCompare "<3.10" .Capabilities.HelmVersion.Version', []),
    ],
)
def test_a_branch_for_an_older_kubernetes_is_seen(engine: Engine, condition: str, scenarios: list[str]) -> None:
    assert [name for found in renamed(compared(engine, condition)) for name in found] == scenarios


def test_a_release_that_the_chart_refuses_is_not_looked_at(engine: Engine) -> None:
    condition = 'semverCompare "<1.30-0" .Capabilities.KubeVersion.Version'
    old, new = (
        {"kube": 'kubeVersion: ">=1.30.0-0"', "templates/a.yaml": service(port, condition)} for port in ("http", "web")
    )
    charts = []
    for version, files in (("1.0.0", old), ("1.1.0", new)):
        described = f"apiVersion: v2\nname: web\nversion: {version}\n{files.pop('kube')}\n"
        charts.append(Chart.of({**files, "Chart.yaml": described}, metadata=metadata(described.encode())))
    assert renamed(diff(*charts, engine=engine)) == []
    assert renamed(compared(engine, condition, options=Options(kube_version="1.35.0"))) == []


MONITOR = "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata:\n  name: web\n"
HAS = f'.Capabilities.APIVersions.Has "{MONITORS}"'


@pytest.mark.parametrize(
    ("values", "condition"), [("", "true"), ("metrics:\n  enabled: false\n", ".Values.metrics.enabled")]
)
def test_what_asks_for_its_api_from_now_on_is_still_there_for_whoever_has_it(
    engine: Engine, values: str, condition: str
) -> None:
    old, new = (
        {"values.yaml": values, "templates/a.yaml": f"{{{{- if {test} }}}}\n{MONITOR}{{{{- end }}}}\n"}
        for test in (condition, f"and {condition} ({HAS})")
    )
    there, back = (diff(chart(a), chart(b, "1.1.0"), engine=engine) for a, b in ((old, new), (new, old)))
    assert [one.judgement for one in there.judged] == ["package-changed"]
    assert [one.judgement for one in back.judged if one.level is not Level.PATCH] == ["object-added"]
