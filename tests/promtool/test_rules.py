"""The PrometheusRule as an object, and what its settings do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chartgen import yamlwrite
from chartgen.engine.api import Failure, Job
from chartgen.generate.alertlist import ALERTS, alerts_of
from chartgen.generate.generate import generate
from chartgen.spec.load import read_spec
from chartgen.yamlread import read
from tests.promtool.charts import PODINFO, REQUESTS, SCALED, alerts, chart, dashboard, everything, objects, render, spec

# spec.versions[0].schema of the operator's CRD: the keys of a rule and the pattern of its durations.
RULE_KEYS = {"alert", "expr", "for", "labels", "annotations"}
DURATION = re.compile(r"(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)")


WHERE = {
    "jobFailed": ("plant", "report"),
    "cronLate": ("plant", "report"),
    "jobSlow": ("plant", "load"),
    "misscheduled": ("plant", "agent"),
    "volume": ("shop", "worker"),
    "scaler": ("plant", "queue"),
    **dict.fromkeys(("databaseDown", "databaseReplicas", "replicationLag", "connections"), ("shop", "orders")),
    **dict.fromkeys(("brokerMajority", "brokerBlocked", "brokerReplicas", "fileDescriptors"), ("shop", "events")),
}
"""A workload or a need that has an alert, where shop's web does not."""


def rules_beside(alert: Any, settings: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rules of a workload that has the alert: as they are, and with these settings of the alert."""
    name, workload = WHERE.get(alert.key, ("shop", "web"))
    changed = objects(name, {**SCALED[name], "monitoring": {"alerts": {alert.key: settings}}})
    full = f"dev-{name}-{workload}"
    return alerts(everything(name))[full], alerts(changed)[full]


def only(name: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules of podinfo, or of shop's web."""
    found = alerts(objects(name, values))
    return found["dev-shop-web" if name == "shop" else "dev-podinfo"]


def refusal(values: dict[str, Any]) -> str:
    """Why Helm does not install podinfo with these values of ``monitoring.alerts``."""
    answer = render(Job(chart("podinfo"), {"monitoring": {"alerts": values}}))
    assert isinstance(answer, Failure)
    assert answer.kind == "values"
    return answer.message


def test_each_workload_and_each_need_has_its_own_rules() -> None:
    found = everything("shop")
    assert {ref for ref in found if ref.startswith("PrometheusRule/")} == {
        "PrometheusRule/dev-shop-web",
        "PrometheusRule/dev-shop-worker",
        "PrometheusRule/dev-shop-orders",
        "PrometheusRule/dev-shop-events",
    }
    assert sorted(alerts(found)) == ["dev-shop-events", "dev-shop-orders", "dev-shop-web", "dev-shop-worker"]


@pytest.mark.parametrize("name", ["podinfo", "shop"])
def test_the_rules_have_the_shape_of_the_crd(name: str) -> None:
    for body in everything(name).values():
        if body["kind"] != "PrometheusRule":
            continue
        assert body["apiVersion"] == "monitoring.coreos.com/v1"
        assert set(body["spec"]) == {"groups"}
        for group in body["spec"]["groups"]:
            assert set(group) == {"name", "rules"}
            for rule in group["rules"]:
                assert set(rule) <= RULE_KEYS
                assert isinstance(rule["expr"], str)
                assert DURATION.fullmatch(rule.get("for", "0"))
                assert all(isinstance(value, str) for value in rule["labels"].values())


@pytest.mark.parametrize("name", ["podinfo", "shop"])
def test_every_alert_says_what_where_and_how_bad(name: str) -> None:
    for workload, rules in alerts(everything(name)).items():
        for rule in rules:
            assert rule["labels"]["workload"] == workload
            assert rule["labels"]["severity"] in ("warning", "critical")
            assert workload in rule["annotations"]["summary"] + rule["annotations"]["description"]
            assert set(rule["annotations"]) == {"summary", "description"}
            assert not rule["annotations"]["summary"].endswith(".")
            assert rule["annotations"]["description"].endswith(".")


def test_every_selector_is_of_this_release() -> None:
    own = "pod=~|deployment=|statefulset=|daemonset=|cronjob=|job_name=~|horizontalpodautoscaler=|job="
    own += "|persistentvolumeclaim=~|persistentvolumeclaim=|scaledObject="
    for name in ("shop", "plant"):
        for workload, rules in alerts(everything(name)).items():
            for rule in rules:
                for selector in re.findall(r"[a-z_]\{([^}]*)\}", re.sub(r"\]\{\d\}", "]", rule["expr"])):
                    assert 'namespace="prod"' in selector
                    assert re.search(rf'({own})"(prod/|wal-|persistence-|keda-hpa-)?{workload}["-]', selector)


def test_names_that_the_settings_speak_of_are_those_of_the_rules() -> None:
    for name in ("shop", "plant"):
        for workload in spec(name).workloads:
            scales = workload.name in SCALED[name] or workload.replicas.autoscaled
            there = [
                alert for alert in ALERTS if alert.applies(workload) and (scales or not alert.key.startswith("hpa"))
            ]
            rules = alerts(everything(name))[f"dev-{name}-{workload.name}"]
            wanted = sorted(each for alert in there for each in alert.names)
            assert sorted(rule["alert"] for rule in rules) == wanted, workload.name
        for need in spec(name).needs:
            rules = alerts(everything(name))[f"dev-{name}-{need.name}"]
            wanted = sorted(each for alert in ALERTS if alert.concerns(need) for each in alert.names)
            assert sorted(rule["alert"] for rule in rules) == wanted, need.name


def test_a_workload_without_metrics_has_no_alert_on_them() -> None:
    assert [rule["alert"] for rule in only("podinfo", {"metrics": {"enabled": False}})] == [
        "WorkloadUnavailable",
        "PodNotReady",
        "ContainerCrashLooping",
        "ContainerRestarting",
        "ContainerOutOfMemory",
        "RolloutStuck",
        "ReplicasMissing",
        "CPUNearRequest",
        "CPUThrottled",
        "MemoryNearLimit",
    ]


def test_the_autoscaler_has_an_alert_only_where_there_is_one() -> None:
    off = only("podinfo", {"autoscaling": {"enabled": False}})
    on = only("podinfo", {"autoscaling": {"enabled": True}})
    assert {rule["alert"] for rule in on} - {rule["alert"] for rule in off} == {
        "AutoscalerAtMaximum",
        "AutoscalerWithoutMetrics",
    }


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.key)
def test_each_alert_can_be_switched_off(alert: Any) -> None:
    before, left = rules_beside(alert, {"enabled": False})
    assert {rule["alert"] for rule in before} - {rule["alert"] for rule in left} == set(alert.names)
    assert rules_beside(alert, None)[1] == left


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.key)
def test_each_threshold_time_and_severity_is_a_setting(alert: Any) -> None:
    wanted: dict[str, Any] = {"severity": "page"}
    if alert.threshold:
        wanted["threshold"] = 77
    if alert.min_requests:
        wanted |= {"minRequests": 1234567, "window": "1h"}
    if alert.lasting:
        wanted["for"] = "1h30m"
    _, rules = rules_beside(alert, wanted)
    for rule in rules:
        if rule["alert"] not in alert.names:
            assert rule["labels"]["severity"] != "page"
            continue
        assert rule["labels"]["severity"] == "page"
        assert rule.get("for") == wanted.get("for")
        assert (
            not alert.lasting or alert.key in ("rollout", "cronLate") or "1h30m" in rule["annotations"]["description"]
        )
        assert ("77" in rule["expr"]) == bool(alert.threshold)
        assert not alert.min_requests or set(re.findall(r"\[(\w+)\]", rule["expr"])) == {"1h"}
        assert not alert.min_requests or float(rule["expr"].rpartition(">= ")[2]) == 1234567


@pytest.mark.parametrize(("interval", "window"), [("30s", "5m"), ("75s", "5m"), ("2m", "480s"), (3600, "14400s")])
def test_rates_are_taken_over_four_scrapes_at_least(interval: Any, window: str) -> None:
    metrics = {**REQUESTS, "interval": interval}
    spec = read_spec(yamlwrite.dump({**PODINFO, "metrics": metrics}).encode(), file="app.yaml")
    values = read(generate(spec).text("values.yaml") or "").data["monitoring"]["alerts"]
    assert values["errorRate"]["window"] == values["latency"]["window"] == window


def test_labels_and_runbooks() -> None:
    rules = only(
        "podinfo",
        {"monitoring": {"alerts": {"labels": {"team": "on"}, "runbookBaseUrl": "https://runbooks.example.com/shop/"}}},
    )
    for rule in rules:
        severity = rule["labels"]["severity"]
        assert rule["labels"] == {"severity": severity, "team": "on", "workload": "dev-podinfo"}
        assert rule["annotations"]["runbook_url"] == f"https://runbooks.example.com/shop/{rule['alert']}"


def test_labels_for_prometheus_selector_are_on_rules_and_monitors() -> None:
    found = objects("podinfo", {"monitoring": {"labels": {"release": "prom"}}})
    for ref in ("PrometheusRule/dev-podinfo", "ServiceMonitor/dev-podinfo"):
        assert found[ref]["metadata"]["labels"]["release"] == "prom"
        assert found[ref]["metadata"]["labels"]["app.kubernetes.io/instance"] == "dev"
    assert "release" not in found["Deployment/dev-podinfo"]["metadata"]["labels"]


@pytest.mark.parametrize(
    ("monitoring", "gone"),
    [
        (
            {"enabled": False},
            {"PrometheusRule/dev-podinfo", "ServiceMonitor/dev-podinfo", "ConfigMap/dev-podinfo-dashboard"},
        ),
        ({"alerts": {"enabled": False}}, {"PrometheusRule/dev-podinfo"}),
        ({"dashboard": {"enabled": False}}, {"ConfigMap/dev-podinfo-dashboard"}),
    ],
    ids=["all", "alerts", "dashboard"],
)
def test_what_is_switched_off_is_not_there(monitoring: dict[str, Any], gone: set[str]) -> None:
    assert set(objects("podinfo")) - set(objects("podinfo", {"monitoring": monitoring})) == gone


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"cpu": {"treshold": 80}}, "at '/monitoring/alerts/cpu'"),
        ({"cpu": {"threshold": 0}}, "at '/monitoring/alerts/cpu/threshold'"),
        ({"cpu": {"for": "15 minutes"}}, "at '/monitoring/alerts/cpu/for'"),
        ({"cpu": {"for": ""}}, "at '/monitoring/alerts/cpu/for'"),
        ({"cpu": {"for": 15}}, "at '/monitoring/alerts/cpu/for'"),
        ({"cpu": {"severity": ""}}, "at '/monitoring/alerts/cpu/severity'"),
        ({"labels": {"severity": "page"}}, "invalid propertyName 'severity'"),
        ({"labels": {"cost-center": "1"}}, "invalid propertyName 'cost-center'"),
        ({"runbookBaseUrl": "runbooks"}, "at '/monitoring/alerts/runbookBaseUrl'"),
        ({"errorRate": {"enabled": True}}, "at '/monitoring/alerts'"),
    ],
)
def test_wrong_settings_are_refused(values: dict[str, Any], reason: str) -> None:
    assert reason in refusal(values)


@pytest.mark.parametrize("last", ["hpaMax", "targetDown", "errorRate"])
def test_without_an_alert_there_is_no_rule_object(last: str) -> None:
    off = {alert.key: {"enabled": alert.key == last} for alert in alerts_of(spec("shop"))}
    dead = {"autoscaling": {"enabled": False}, "metrics": {"enabled": False}}
    unscraped = {"metrics": {"enabled": False}}
    live = {"autoscaling": {"enabled": True}}
    found = [
        {
            ref
            for ref in objects("shop", {"web": web, "worker": unscraped, "monitoring": {"alerts": off}})
            if "Rule/" in ref
        }
        for web in (dead, live)
    ]
    assert found == [set(), {"PrometheusRule/dev-shop-web"}]


HASH = "5d59d67564"
SUFFIX = "2x4zq"
PODS = re.compile(r'pod=~"([^"]*)"')


def pod_of(deployment: str, pod_hash: str = HASH) -> str:
    """A pod's name as Kubernetes makes it: the ReplicaSet's name cut to 58 characters, and a suffix."""
    return f"{deployment}-{pod_hash}-"[:58] + SUFFIX


@pytest.mark.parametrize("length", [3, 20, 37, 38, 39, 40, 45, 53])
def test_the_pods_of_a_deployment_are_recognised_however_long_its_name(length: int) -> None:
    release = "r" * length
    (name,) = (ref for ref in alerts(objects("podinfo", release=release)))
    expr = next(r["expr"] for r in alerts(objects("podinfo", release=release))[name] if r["alert"] == "PodNotReady")
    (pattern,) = set(PODS.findall(expr))
    board = dashboard(objects("podinfo", release=release))
    workload = board["templating"]["list"][2]["query"]
    shown = {p for panel in board["panels"] for t in panel.get("targets", []) for p in PODS.findall(t["expr"])}
    assert {p.replace("$workload", workload) for p in shown} == {pattern}
    for pod_hash in (HASH, "6c8"):
        assert re.fullmatch(pattern, pod_of(name, pod_hash))
    for other in (f"{name}-0", f"{name}-29384756-{SUFFIX}", f"x{name}-{HASH}-{SUFFIX}", f"{name}-{HASH}-{SUFFIX}x"):
        assert not re.fullmatch(pattern, other)
    if len(name) < 47:
        for other in ("admin", "redis", "report", "migrate", "api"):
            assert not re.fullmatch(pattern, f"{name}-{other}-{SUFFIX}"), "a Job or a DaemonSet"
            assert not re.fullmatch(pattern, pod_of(f"{name}-{other}"))


POD_NAMES = {
    "db": ("{0}-0", "{0}-12"),
    "agent": ("{0}-2x4zq",),
    "report": ("{0}-29384756-2x4zq",),
    "migrate": ("{0}-2x4zq",),
    "load": ("{0}-0a1b2c3d-2x4zq",),
}
"""What Kubernetes calls the pods of the workloads of plant."""


@pytest.mark.parametrize("workload", POD_NAMES)
@pytest.mark.parametrize("release", ["dev", "r" * 53])
def test_the_pods_of_every_kind_are_recognised(workload: str, release: str) -> None:
    found = objects("plant", release=release)
    own = next(name for name in alerts(found) if name.endswith(f"-{workload}"))
    expr = next(rule["expr"] for rule in alerts(found)[own] if rule["alert"] == "PodNotReady")
    (pattern,) = set(PODS.findall(expr))
    for form in POD_NAMES[workload]:
        stem, _, end = form.format(own).rpartition("-")
        name = f"{stem}-"[:58] + end if end == SUFFIX else f"{stem}-{end}"
        assert re.fullmatch(pattern, name)
    for other in (f"{own}-admin", f"x{own}-0", f"{own}-0-x", f"{own}-users-29384756-2x4zq", f"{own}-users-2x4zq"):
        assert not re.fullmatch(pattern, other)
