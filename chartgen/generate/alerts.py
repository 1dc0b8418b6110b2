"""The settings of a chart's monitoring: which alerts there are, when they fire and what they are called.

The expressions stand in templates/prometheusrule.yaml, in the words of Prometheus; here is what a user may set. All
alerts but those on the application's own metrics need only kube-state-metrics and cAdvisor, which every Prometheus of a
cluster scrapes, so they work for a workload without a single metric.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chartgen.generate.schema import BOOLEAN, LABELS, POSITIVE, STRINGS
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.spec.model import Alerts, AppSpec, Workload

# One or more of Prometheus' units, the larger before the smaller, as the operator's CRD demands.
_DURATION = {
    "type": "string",
    "pattern": "^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$",
    "minLength": 1,
}

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

# Prometheus' names of labels, and not those every alert has anyway.
_ALERT_LABELS = {
    **STRINGS,
    "propertyNames": {"pattern": "^[a-zA-Z_][a-zA-Z0-9_]*$", "not": {"enum": ["alertname", "severity", "workload"]}},
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One entry of ``monitoring.alerts``.

    ``names`` are the alerts it switches, ``meaning`` completes "Alert when ...". ``threshold`` takes the default from
    the spec, ``unit`` being its comment; ``lasting`` the time the condition must hold (None: it fires at once).
    ``min_requests`` is the least traffic worth judging. ``applies`` says which workloads can have it.
    """

    key: str
    names: tuple[str, ...]
    meaning: str
    severity: str = "warning"
    lasting: Callable[[Alerts], str] | None = None
    threshold: Callable[[Alerts], int | float] | None = None
    unit: str = ""
    min_requests: int = 0
    applies: Callable[[Workload], bool] = lambda workload: True


def _scraped(workload: Workload) -> bool:
    return workload.metrics is not None


def _counts_errors(workload: Workload) -> bool:
    return workload.metrics is not None and bool(workload.metrics.requests and workload.metrics.errors)


def _measures_latency(workload: Workload) -> bool:
    return workload.metrics is not None and bool(workload.metrics.latency)


ALERTS = (
    Alert(
        "unavailable",
        ("WorkloadUnavailable",),
        "no pod of a workload is available",
        severity="critical",
        lasting=lambda alerts: "5m",
    ),
    Alert("notReady", ("PodNotReady",), "a pod does not become ready", lasting=lambda alerts: alerts.not_ready),
    Alert(
        "crashLooping",
        ("ContainerCrashLooping",),
        "a container is in CrashLoopBackOff",
        lasting=lambda alerts: "10m",
    ),
    Alert(
        "restarts",
        ("ContainerRestarting",),
        "a container restarts often",
        threshold=lambda alerts: alerts.restarts,
        unit="Restarts within an hour at which the alert fires",
    ),
    Alert("oomKilled", ("ContainerOutOfMemory",), "a container was killed at its memory limit in the last 15 minutes"),
    Alert(
        "rollout",
        ("RolloutStuck",),
        "a rollout has exceeded its progress deadline of 10 minutes",
        lasting=lambda alerts: "5m",
    ),
    Alert(
        "replicas",
        ("ReplicasMissing",),
        "fewer pods are available than desired",
        lasting=lambda alerts: "15m",
    ),
    Alert(
        "cpu",
        ("CPUNearRequest",),
        "the pods of a workload use, on average, most of the CPU they request",
        lasting=lambda alerts: "15m",
        threshold=lambda alerts: alerts.cpu,
        unit="Threshold in percent of the CPU request",
    ),
    Alert(
        "throttling",
        ("CPUThrottled",),
        "a container is throttled by its CPU limit; never without a limit",
        lasting=lambda alerts: "15m",
        threshold=lambda alerts: alerts.throttling,
        unit="Threshold in percent of the CPU scheduling periods",
    ),
    Alert(
        "memory",
        ("MemoryNearLimit",),
        "a container comes close to its memory limit, at which it would be killed",
        lasting=lambda alerts: "10m",
        threshold=lambda alerts: alerts.memory,
        unit="Threshold in percent of the memory limit",
    ),
    Alert(
        "hpaMax",
        ("AutoscalerAtMaximum",),
        "an autoscaler stays at its maximum number of pods",
        lasting=lambda alerts: alerts.hpa_max,
    ),
    Alert(
        "targetDown",
        ("TargetDown", "TargetMissing"),
        "Prometheus cannot scrape a pod, or has no pod of a workload as a target",
        lasting=lambda alerts: "10m",
        applies=_scraped,
    ),
    Alert(
        "errorRate",
        ("HighErrorRate",),
        "too many requests fail",
        severity="critical",
        lasting=lambda alerts: "5m",
        threshold=lambda alerts: alerts.error_rate,
        unit="Threshold in percent of all requests",
        min_requests=50,
        applies=_counts_errors,
    ),
    Alert(
        "latency",
        ("HighLatency",),
        "requests are slow: the 99th percentile of their duration is high",
        lasting=lambda alerts: "10m",
        threshold=lambda alerts: alerts.latency,
        unit="Threshold of the 99th percentile, in seconds",
        min_requests=50,
        applies=_measures_latency,
    ),
)
"""Every alert a chart can have, the gravest first."""


def alerts_of(spec: AppSpec) -> Iterator[Alert]:
    """The alerts at least one workload of the application can have."""
    return (alert for alert in ALERTS if any(alert.applies(workload) for workload in spec.workloads))


def alert_table(spec: AppSpec) -> str:
    """The alerts as a Markdown table: their names, which are those of the runbooks, and the settings they obey."""
    rows = ["| Alert | Fires when | Settings |", "|-------|------------|----------|"]
    for alert in alerts_of(spec):
        names = ", ".join(f"`{name}`" for name in alert.names)
        rows.append(f"| {names} | {alert.meaning} | `monitoring.alerts.{alert.key}` |")
    return "\n".join(rows)


def monitoring_block(spec: AppSpec) -> Block:
    """The settings under ``monitoring``: the same for a chart with one workload and with several."""
    monitoring = spec.monitoring
    return Block(
        "monitoring",
        (
            Key(
                "enabled",
                monitoring.enabled,
                "Create the monitoring objects: ServiceMonitor or PodMonitor, PrometheusRule and dashboard. "
                "Set it to false on a cluster without the Prometheus operator",
                BOOLEAN,
                ci={"full": True, "minimal": False},
            ),
            Key(
                "labels",
                dict(monitoring.labels),
                "Labels added to ServiceMonitor, PodMonitor and PrometheusRule, for a Prometheus that selects by label",
                LABELS,
                ci={"full": {"release": "kube-prometheus-stack"}},
                example="" if monitoring.labels else "release: kube-prometheus-stack",
            ),
            _alerts_block(spec),
            _dashboard_block(spec),
        ),
    )


def _alerts_block(spec: AppSpec) -> Block:
    children: list[Node] = [
        Key(
            "enabled",
            spec.monitoring.alerts.enabled,
            "Create a PrometheusRule with the alerts",
            BOOLEAN,
            ci={"full": True},
        ),
        Key(
            "labels",
            {},
            "Labels added to every alert, for routing in Alertmanager",
            _ALERT_LABELS,
            ci={"full": {"team": "payments"}},
            example="team: payments",
        ),
        Key(
            "runbookBaseUrl",
            spec.monitoring.runbooks,
            "Base URL of the runbooks, to which the name of the alert is appended; no links if empty",
            {"type": "string", "pattern": r"^$|^https?://\S+$"},
            ci={"full": "https://runbooks.example.com/"},
        ),
    ]
    children.extend(_alert_block(alert, spec) for alert in alerts_of(spec))
    return Block("alerts", tuple(children))


def _alert_block(alert: Alert, spec: AppSpec) -> Block:
    defaults = spec.monitoring.alerts
    keys = [Key("enabled", True, f"Alert when {alert.meaning}", BOOLEAN)]
    if alert.threshold:
        number = {"type": "number", "exclusiveMinimum": 0}
        keys.append(Key("threshold", alert.threshold(defaults), alert.unit, number))
    if alert.min_requests:
        keys.append(
            Key(
                "window",
                _window(spec),
                "Time window in which requests are counted; at least four scrape intervals",
                _DURATION,
            )
        )
        keys.append(
            Key(
                "minRequests",
                alert.min_requests,
                "Minimum number of requests in the window; with fewer the alert stays silent",
                POSITIVE,
            )
        )
    if alert.lasting:
        keys.append(
            Key("for", alert.lasting(defaults), "How long the condition must hold before the alert fires", _DURATION)
        )
    keys.append(Key("severity", alert.severity, "Severity label of the alert", {"type": "string", "minLength": 1}))
    return Block(alert.key, tuple(keys))


def _window(spec: AppSpec) -> str:
    """Five minutes, or the time of four scrapes: with fewer a missed scrape would leave a rate without data."""
    intervals = [w.metrics.interval for w in spec.workloads if w.metrics]
    slowest = max(int(text[:-1]) * _SECONDS[text[-1]] for text in intervals)
    return "5m" if slowest * 4 <= 300 else f"{slowest * 4}s"


def _dashboard_block(spec: AppSpec) -> Block:
    return Block(
        "dashboard",
        (
            Key(
                "enabled",
                spec.monitoring.dashboard,
                "Create a ConfigMap with a Grafana dashboard, for a Grafana sidecar that watches this namespace",
                BOOLEAN,
                ci={"full": True},
            ),
            Key("labels", {"grafana_dashboard": "1"}, "Labels by which the sidecar finds the ConfigMap", LABELS),
            Key(
                "annotations",
                {},
                "Annotations of the ConfigMap, for example the folder in Grafana",
                STRINGS,
                ci={"full": {"grafana_folder": "Applications"}},
                example="grafana_folder: Applications",
            ),
        ),
    )
