"""The Grafana dashboard: well-formed, on its own release, and with queries that Prometheus answers."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from chartgen import yamlwrite
from chartgen.engine.api import Job, Options, Rendered
from chartgen.engine.objects import parse
from chartgen.generate.generate import generate
from chartgen.spec.load import read_spec
from tests.promtool.charts import PODINFO, SHOP, SPECS, chart, dashboard, everything, objects, render
from tests.promtool.tool import check_queries, needs_promtool, test_rules

BOTH = pytest.mark.parametrize("name", sorted(SPECS))
POD = 'namespace="prod", pod="dev-shop-web-5d59d67564-2x4zq"'
OTHER = 'namespace="prod", pod="dev-shop-web-admin-5d59d67564-2x4zq"'


def panels(board: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The panels that show something, by title."""
    return {panel["title"]: panel for panel in board["panels"] if panel["type"] != "row"}


def query(panel: dict[str, Any], number: int = 0) -> str:
    """A query of a panel as Grafana sends it, for the workload shop/web of release dev in namespace prod."""
    expr = panel["targets"][number]["expr"]
    assert isinstance(expr, str)
    return filled(expr, namespace="prod", workload="dev-shop-web")


def filled(expr: str, **variables: str) -> str:
    for name, value in {"__rate_interval": "5m", **variables}.items():
        expr = expr.replace(f"${name}", value)
    return expr


@BOTH
def test_the_file_in_the_chart_is_indented_json(name: str) -> None:
    text = chart(name).text(f"dashboards/{name}.json")
    assert text is not None
    assert text == json.dumps(json.loads(text), indent=2) + "\n"


@BOTH
def test_every_panel_has_a_place_of_its_own(name: str) -> None:
    places = [panel["gridPos"] for panel in dashboard(everything(name))["panels"]]
    for place in places:
        assert place["x"] >= 0
        assert place["x"] + place["w"] <= 24
    for one, other in combinations(places, 2):
        assert (
            one["x"] + one["w"] <= other["x"]
            or other["x"] + other["w"] <= one["x"]
            or one["y"] + one["h"] <= other["y"]
            or other["y"] + other["h"] <= one["y"]
        )
    assert [panel["id"] for panel in dashboard(everything(name))["panels"]] == list(range(1, len(places) + 1))


@BOTH
def test_every_panel_asks_the_chosen_data_source_and_explains_itself(name: str) -> None:
    for panel in panels(dashboard(everything(name))).values():
        assert panel["description"].endswith(".")
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
        for target in panel["targets"]:
            assert target["datasource"] == panel["datasource"]
            assert target["instant"] != target["range"]


@BOTH
def test_every_variable_used_is_there(name: str) -> None:
    board = dashboard(everything(name))
    used = set(re.findall(r"\$\{?(\w+)", json.dumps(board["panels"])))
    assert used == {variable["name"] for variable in board["templating"]["list"]} | {"__rate_interval"}


def test_the_dashboard_opens_on_its_release() -> None:
    board = dashboard(everything("shop"))
    assert board["title"] == "dev-shop (prod)"
    _, namespace, workload = board["templating"]["list"]
    assert namespace["current"]["value"] == "prod"
    assert workload["current"]["value"] == "dev-shop-web"
    assert [(option["text"], option["value"]) for option in workload["options"]] == [
        ("web", "dev-shop-web"),
        ("worker", "dev-shop-worker"),
    ]
    assert workload["query"] == "web : dev-shop-web,worker : dev-shop-worker"
    assert dashboard(everything("podinfo"))["templating"]["list"][2]["query"] == "dev-podinfo"


def test_each_release_has_a_dashboard_of_its_own() -> None:
    found = [
        objects("podinfo", release=release, namespace=namespace)
        for release, namespace in [("dev", "prod"), ("dev", "staging"), ("qa", "prod"), ("r" * 53, "n" * 63)]
    ]
    files = [key for each in found for body in each.values() if body["kind"] == "ConfigMap" for key in body["data"]]
    uids = [dashboard(each)["uid"] for each in found]
    assert len(set(files)) == len(set(uids)) == 4
    assert all(re.fullmatch(r"[a-z0-9-]{1,40}", uid) for uid in uids)
    assert dashboard(objects("podinfo"))["uid"] == uids[0]
    assert files[0] == "prod-dev-podinfo.json"


@BOTH
def test_no_placeholder_is_left(name: str) -> None:
    text = json.dumps(dashboard(everything(name)))
    assert set(re.findall(r"__\w+?__|__\w+", text)) == {"__rate_interval"}
    assert "{{pod}}" in text


def test_the_sidecar_finds_it_by_its_label() -> None:
    values = {"monitoring": {"dashboard": {"annotations": {"grafana_folder": "Shop"}}}}
    metadata = objects("podinfo", values)["ConfigMap/dev-podinfo-dashboard"]["metadata"]
    assert metadata["labels"]["grafana_dashboard"] == "1"
    assert metadata["annotations"]["grafana_folder"] == "Shop"
    other = {"monitoring": {"dashboard": {"labels": {"grafana_dashboard": None, "dashboards": "yes"}}}}
    labels = objects("podinfo", other)["ConfigMap/dev-podinfo-dashboard"]["metadata"]["labels"]
    assert labels["dashboards"] == "yes"
    assert "grafana_dashboard" not in labels


@pytest.mark.parametrize("text", ["{{ fail `no` }}", 'a "b"\\n', "é中😀", "a\u2028b", "# a: - b"])
def test_the_description_is_shown_as_it_is(text: str) -> None:
    spec = read_spec(yamlwrite.dump({**PODINFO, "description": text}).encode(), file="app.yaml")
    answer = render(Job(generate(spec), options=Options(release="dev", namespace="prod")))
    assert isinstance(answer, Rendered), answer
    found = {f"{each.kind}/{each.name}": dict(each.body) for each in parse(answer.files).objects}
    assert dashboard(found)["description"] == text


CLUSTERS = {
    'kube_pod_status_ready{namespace="prod", pod="dev-shop-orders-1", condition="true", instance="ksm-0"}': "1x10",
    'kube_pod_status_ready{namespace="prod", pod="dev-shop-orders-1", condition="true", instance="ksm-1"}': "1x10",
    'kube_pod_status_ready{namespace="prod", pod="dev-shop-orders-2", condition="true", instance="ksm-0"}': "1x10",
    'kube_pod_status_ready{namespace="prod", pod="dev-shop-orders-old-1", condition="true"}': "1x10",
    'cnpg_backends_total{namespace="prod", pod="dev-shop-orders-1", state="active"}': "5x10",
    'cnpg_backends_total{namespace="prod", pod="dev-shop-orders-1", state="idle"}': "15x10",
    'cnpg_pg_settings_setting{namespace="prod", pod="dev-shop-orders-1", name="max_connections"}': "80x10",
    'cnpg_pg_settings_setting{namespace="prod", pod="dev-shop-orders-1", name="work_mem"}': "4096x10",
    'cnpg_pg_replication_lag{namespace="prod", pod="dev-shop-orders-2"}': "7x10",
    'cnpg_pg_replication_lag{namespace="prod", pod="dev-shop-orders-old-2"}': "9x10",
    'kubelet_volume_stats_capacity_bytes{namespace="prod", persistentvolumeclaim="dev-shop-orders-1"}': "1000x10",
    'kubelet_volume_stats_available_bytes{namespace="prod", persistentvolumeclaim="dev-shop-orders-1"}': "400x10",
    'kubelet_volume_stats_capacity_bytes{namespace="prod", persistentvolumeclaim="dev-shop-orders-old-1"}': "1000x10",
    'kubelet_volume_stats_available_bytes{namespace="prod", persistentvolumeclaim="dev-shop-orders-old-1"}': "0x10",
    'kube_pod_status_ready{namespace="prod", pod="dev-shop-events-server-0", condition="true"}': "1x10",
    'kube_pod_status_ready{namespace="prod", pod="dev-shop-events-server-1", condition="true"}': "0x10",
    'kube_pod_status_ready{namespace="prod", pod="dev-shop-events-old-server-0", condition="true"}': "1x10",
    'rabbitmq_queue_messages_ready{namespace="prod", pod="dev-shop-events-server-0", job="own"}': "5x10",
    'rabbitmq_queue_messages_ready{namespace="prod", pod="dev-shop-events-server-0", job="other"}': "5x10",
    'rabbitmq_queue_messages_ready{namespace="prod", pod="dev-shop-events-server-1"}': "7x10",
    'rabbitmq_queue_messages_ready{namespace="prod", pod="dev-shop-events-old-server-1"}': "9x10",
    'rabbitmq_connections{namespace="prod", pod="dev-shop-events-server-0"}': "8x10",
    'rabbitmq_connections{namespace="prod", pod="dev-shop-events-old-server-0"}': "9x10",
    'kubelet_volume_stats_capacity_bytes{namespace="prod", '
    'persistentvolumeclaim="persistence-dev-shop-events-server-0"}': "1000x10",
    'kubelet_volume_stats_available_bytes{namespace="prod", '
    'persistentvolumeclaim="persistence-dev-shop-events-server-0"}': "750x10",
}
"""A database of two servers, and one with a similar name."""


@needs_promtool
@pytest.mark.parametrize(
    ("title", "labels", "value"),
    [
        ("Servers of orders", "{}", 2),
        ("Connections of orders", '{pod="dev-shop-orders-1"}', 25),
        ("Lag of orders", '{pod="dev-shop-orders-2"}', 7),
        ("Volumes of orders", '{persistentvolumeclaim="dev-shop-orders-1"}', 60),
        ("Servers of events", "{}", 1),
        ("Messages of events", "{}", 12),
        ("Connections of events", '{pod="dev-shop-events-server-0"}', 8),
        ("Volumes of events", '{persistentvolumeclaim="persistence-dev-shop-events-server-0"}', 25),
    ],
)
def test_a_panel_shows_the_cluster_of_a_need(title: str, labels: str, value: float, tmp_path: Path) -> None:
    asked = {
        "expr": query(panels(dashboard(everything("shop")))[title]),
        "eval_time": "10m",
        "exp_samples": [{"labels": labels, "value": value}],
    }
    series = [{"series": name, "values": values} for name, values in CLUSTERS.items()]
    tests = [{"interval": "1m", "input_series": series, "promql_expr_test": [asked]}]
    complaint = test_rules([], tests, tmp_path)
    assert not complaint, complaint


def test_what_is_shown() -> None:
    assert list(panels(dashboard(everything("podinfo")))) == [
        "Pods ready",
        "Pods desired",
        "Alerts firing",
        "Restarts in an hour",
        "CPU used of request",
        "Memory used of limit",
        "Replicas",
        "Restarts",
        "Waiting containers",
        "CPU by pod",
        "CPU throttling by pod",
        "Memory by pod",
        "Memory used of limit by pod",
        "Received by pod",
        "Sent by pod",
        "Dropped packets by pod",
    ]
    more = dashboard(everything("shop"))["panels"]
    assert [panel["title"] for panel in more[-14:]] == [
        "Requests to web",
        "Requests by pod",
        "Failed requests",
        "Latency",
        "Database orders",
        "Servers of orders",
        "Connections of orders",
        "Lag of orders",
        "Volumes of orders",
        "Broker events",
        "Servers of events",
        "Messages of events",
        "Connections of events",
        "Volumes of events",
    ]


def test_the_job_behind_a_podmonitor_bears_its_namespace() -> None:
    worker = {"metrics": {"port": 9090, "latency": "mail_seconds"}}
    alone = {**SHOP, "needs": {}, "workloads": {"worker": worker}}
    spec = read_spec(yamlwrite.dump(alone).encode(), file="app.yaml")
    board = json.loads(generate(spec).text("dashboards/shop.json") or "")
    assert [panel["title"] for panel in board["panels"][-2:]] == ["Requests to worker", "Latency"]
    assert board["panels"][-1]["gridPos"]["w"] == 24
    assert board["panels"][-1]["targets"][2]["expr"] == (
        "histogram_quantile(0.99, sum by (le) (rate(mail_seconds_bucket"
        '{namespace="$namespace", job="$namespace/__NAME_worker__"}[$__rate_interval])))'
    )


@needs_promtool
@BOTH
def test_prometheus_reads_every_query(name: str, tmp_path: Path) -> None:
    found = panels(dashboard(everything(name))).values()
    queries = [query(panel, number) for panel in found for number in range(len(panel["targets"]))]
    complaint = check_queries(queries, tmp_path)
    assert not complaint, complaint


SERIES = {
    # Two kube-state-metrics, and a workload with a similar name.
    'kube_deployment_status_replicas_ready{namespace="prod", deployment="dev-shop-web", instance="ksm-0"}': "2x10",
    'kube_deployment_status_replicas_ready{namespace="prod", deployment="dev-shop-web", instance="ksm-1"}': "2x10",
    'kube_deployment_status_replicas_ready{namespace="prod", deployment="dev-shop-web-admin"}': "7x10",
    'ALERTS{alertstate="firing", alertname="PodNotReady", namespace="prod", workload="dev-shop-web", pod="a"}': "1x10",
    'ALERTS{alertstate="firing", alertname="PodNotReady", namespace="prod", workload="dev-shop-web", pod="b"}': "1x10",
    'ALERTS{alertstate="pending", alertname="CPUNearRequest", namespace="prod", workload="dev-shop-web"}': "1x10",
    f'kube_pod_container_status_restarts_total{{{POD}, container="web", instance="ksm-0"}}': "0x4 1x5",
    f'kube_pod_container_status_restarts_total{{{POD}, container="web", instance="ksm-1"}}': "0x4 1x5",
    f'kube_pod_container_resource_requests{{{POD}, container="web", resource="cpu", instance="ksm-0"}}': "0.1x10",
    f'kube_pod_container_resource_requests{{{POD}, container="web", resource="cpu", instance="ksm-1"}}': "0.1x10",
    f'container_cpu_usage_seconds_total{{{POD}, container="web"}}': "0+3x10",
    f'container_cpu_usage_seconds_total{{{OTHER}, container="web"}}': "0+60x10",
    f'kube_pod_container_resource_limits{{{POD}, container="web", resource="memory", instance="ksm-0"}}': "1000x10",
    f'kube_pod_container_resource_limits{{{POD}, container="web", resource="memory", instance="ksm-1"}}': "1000x10",
    f'container_memory_working_set_bytes{{{POD}, container="web"}}': "250x10",
    f'container_memory_working_set_bytes{{{POD}, container=""}}': "900x10",
    f'container_network_receive_bytes_total{{{POD}, interface="eth0"}}': "0+6000x10",
    f'container_network_receive_bytes_total{{{POD}, interface="eth1"}}': "0+60x10",
    f'container_network_receive_bytes_total{{{OTHER}, interface="eth0"}}': "0+60000x10",
    'http_requests_total{namespace="prod", job="dev-shop-web", pod="a", status="200"}': "0+45x10",
    'http_requests_total{namespace="prod", job="dev-shop-web", pod="a", status="500"}': "0+15x10",
    'http_requests_total{namespace="prod", job="dev-shop-web-admin", pod="b", status="500"}': "0+60x10",
}

AT_POD = '{pod="dev-shop-web-5d59d67564-2x4zq"}'
AT_CONTAINER = '{container="web", pod="dev-shop-web-5d59d67564-2x4zq"}'


@needs_promtool
@pytest.mark.parametrize(
    ("title", "labels", "value"),
    [
        ("Pods ready", "{}", 2),
        ("Alerts firing", "{}", 2),
        ("Restarts in an hour", "{}", 1),
        ("CPU used of request", "{}", 50),
        ("Memory used of limit", "{}", 25),
        ("Replicas", "{}", 2),
        ("CPU by pod", AT_CONTAINER, 0.05),
        ("Memory by pod", AT_CONTAINER, 250),
        ("Memory used of limit by pod", AT_CONTAINER, 25),
        ("Received by pod", AT_POD, 101),
        ("Requests by pod", '{pod="a"}', 1),
        ("Failed requests", "{}", 25),
    ],
)
def test_a_panel_shows(title: str, labels: str, value: float, tmp_path: Path) -> None:
    asked = {
        "expr": query(panels(dashboard(everything("shop")))[title]),
        "eval_time": "10m",
        "exp_samples": [{"labels": labels, "value": value}],
    }
    series = [{"series": name, "values": values} for name, values in SERIES.items()]
    complaint = test_rules([], [{"interval": "1m", "input_series": series, "promql_expr_test": [asked]}], tmp_path)
    assert not complaint, complaint


@needs_promtool
def test_without_a_failed_request_the_share_is_nought_and_not_missing(tmp_path: Path) -> None:
    asked = {
        "expr": query(panels(dashboard(everything("shop")))["Failed requests"]),
        "eval_time": "10m",
        "exp_samples": [{"labels": "{}", "value": 0}],
    }
    series = [{"series": name, "values": values} for name, values in SERIES.items() if 'status="500"' not in name]
    complaint = test_rules([], [{"interval": "1m", "input_series": series, "promql_expr_test": [asked]}], tmp_path)
    assert not complaint, complaint


PLANT_SERIES = {
    'kube_statefulset_status_replicas_ready{namespace="prod", statefulset="dev-plant-db", instance="ksm-0"}': "3x10",
    'kube_statefulset_status_replicas_ready{namespace="prod", statefulset="dev-plant-db", instance="ksm-1"}': "3x10",
    'kube_statefulset_replicas{namespace="prod", statefulset="dev-plant-db"}': "4x10",
    'kube_daemonset_status_number_ready{namespace="prod", daemonset="dev-plant-agent"}': "8x10",
    'kube_daemonset_status_desired_number_scheduled{namespace="prod", daemonset="dev-plant-agent"}': "9x10",
    'container_memory_working_set_bytes{namespace="prod", pod="dev-plant-db-0", container="db"}': "250x10",
    'container_memory_working_set_bytes{namespace="prod", pod="dev-plant-db-admin-0", container="db"}': "900x10",
    'kube_cronjob_status_last_successful_time{namespace="prod", cronjob="dev-plant-report"}': "240x10",
    'kube_cronjob_next_schedule_time{namespace="prod", cronjob="dev-plant-report"}': "4200x10",
    'kube_job_failed{namespace="prod", job_name="dev-plant-report-29384756", condition="true", ksm="0"}': "1x10",
    'kube_job_failed{namespace="prod", job_name="dev-plant-report-29384756", condition="true", ksm="1"}': "1x10",
    'kube_job_failed{namespace="prod", job_name="dev-plant-report-29384757", condition="true"}': "1x10",
    'kube_job_status_active{namespace="prod", job_name="dev-plant-report-29384758"}': "2x10",
    'kube_job_status_active{namespace="prod", job_name="dev-plant-report-users"}': "5x10",
    'kube_job_status_completion_time{namespace="prod", job_name="dev-plant-load-0a1b2c3d"}': "300x10",
    'kube_job_failed{namespace="prod", job_name="dev-plant-load-0a1b2c3d", condition="true"}': "0x10",
    'kube_horizontalpodautoscaler_spec_max_replicas{namespace="prod", horizontalpodautoscaler="dev-plant-db"}': "6x10",
    **{
        f'kube_horizontalpodautoscaler_spec_max_replicas{{namespace="prod", horizontalpodautoscaler="{name}"}}': most
        for name, most in (("keda-hpa-dev-plant-queue", "5x10"), ("keda-hpa-dev-plant-queue-2", "8x10"))
    },
    'keda_scaler_metrics_value{namespace="prod", scaledObject="dev-plant-queue", scaler="orders"}': "42x10",
    'keda_scaler_metrics_value{namespace="prod", scaledObject="dev-plant-queue-2", scaler="orders"}': "99x10",
    'keda_scaler_detail_errors_total{exported_namespace="prod", namespace="keda", scaledObject="dev-plant-queue", '
    'scaler="orders"}': "0+6x10",
}


@needs_promtool
@pytest.mark.parametrize(
    ("workload", "title", "labels", "value"),
    [
        ("db", "Pods ready", "{}", 3),
        ("db", "Pods desired", "{}", 4),
        ("db", "Memory by pod", '{container="db", pod="dev-plant-db-0"}', 250),
        ("agent", "Pods ready", "{}", 8),
        ("agent", "Replicas", "{}", 8),
        ("report", "Since the last success", "{}", 360),
        ("report", "Until the next run", "{}", 3600),
        ("report", "Failed Jobs", "{}", 2),
        ("report", "Pods of Jobs", "{}", 2),
        ("load", "Since the last success", "{}", 300),
        ("load", "Failed Jobs", "{}", 0),
        ("queue", "Value by trigger", '{scaler="orders"}', 42),
        ("queue", "Errors by trigger", '{scaler="orders"}', 30),
    ],
)
def test_a_panel_shows_the_workload_of_any_kind(
    workload: str, title: str, labels: str, value: float, tmp_path: Path
) -> None:
    panel = panels(dashboard(everything("plant")))[title]
    expr = filled(panel["targets"][0]["expr"], namespace="prod", workload=f"dev-plant-{workload}")
    asked = {"expr": expr, "eval_time": "10m", "exp_samples": [{"labels": labels, "value": value}]}
    series = [{"series": name, "values": values} for name, values in PLANT_SERIES.items()]
    complaint = test_rules([], [{"interval": "1m", "input_series": series, "promql_expr_test": [asked]}], tmp_path)
    assert not complaint, complaint


@needs_promtool
@pytest.mark.parametrize(("workload", "most"), [("db", 6), ("queue", 5)])
def test_the_bounds_are_those_of_the_autoscaler_whoever_made_it(workload: str, most: int, tmp_path: Path) -> None:
    targets = panels(dashboard(everything("plant")))["Replicas"]["targets"]
    (expr,) = (target["expr"] for target in targets if target["legendFormat"] == "HPA maximum")
    asked = {
        "expr": filled(expr, namespace="prod", workload=f"dev-plant-{workload}"),
        "eval_time": "10m",
        "exp_samples": [{"labels": "{}", "value": most}],
    }
    series = [{"series": name, "values": values} for name, values in PLANT_SERIES.items()]
    complaint = test_rules([], [{"interval": "1m", "input_series": series, "promql_expr_test": [asked]}], tmp_path)
    assert not complaint, complaint


def test_panels_are_those_of_the_kinds_there_are() -> None:
    def shown(**workload: Any) -> list[str]:
        spec = read_spec(yamlwrite.dump({**PODINFO_HEAD, **workload}).encode(), file="app.yaml")
        return [panel["title"] for panel in json.loads(generate(spec).text("dashboards/podinfo.json") or "")["panels"]]

    ends = {"Since the last success", "Until the next run", "Failed Jobs", "Pods of Jobs", "Jobs"}
    goes_on = {"Pods ready", "Pods desired", "Replicas"}
    assert not ends & set(shown(kind="StatefulSet"))
    assert goes_on < set(shown(kind="DaemonSet"))
    assert ends < set(shown(schedule="@daily"))
    assert not goes_on & set(shown(run="pre-deploy"))


PODINFO_HEAD = {key: PODINFO[key] for key in ("apiVersion", "name", "image")}
