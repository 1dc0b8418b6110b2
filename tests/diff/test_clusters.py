"""What templates render only where the cluster has an API: seen, and the API is named."""

from __future__ import annotations

from collections.abc import Mapping

from chartgen.changes import DiffReport
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
