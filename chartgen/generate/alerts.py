"""The settings of a chart's monitoring: its alerts, their thresholds and labels, and the dashboard."""

from __future__ import annotations

from chartgen.generate.alert import Alert
from chartgen.generate.alertlist import alerts_of
from chartgen.generate.schema import BOOLEAN, LABELS, POSITIVE, STRINGS
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.spec.model import AppSpec

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
