"""The Grafana dashboard of a chart: how its pods do, against what they request and may use.

The JSON lies in the chart as a file and is read with ``.Files.Get``, so that Helm never takes Grafana's ``{{pod}}`` for
an action. What only the release knows stands in it as a placeholder, which templates/dashboard.yaml replaces: every
release has a dashboard of its own, with its own uid, and opens on its own pods.
"""

from __future__ import annotations

from typing import Any

from chartgen.generate import panels, podpanels
from chartgen.generate.panels import RATE, Panel, Query, row, timeseries
from chartgen.generate.view import ChartView, WorkloadView
from chartgen.spec.model import Metrics

NAMESPACE = "__NAMESPACE__"
NAME = "__NAME__"
UID = "__UID__"


def dashboard(chart: ChartView) -> str:
    """The dashboard's JSON, indented, ending in a new line; ASCII, because YAML ends lines at some other characters."""
    import json

    return json.dumps(_dashboard(chart), indent=2) + "\n"


def path(chart: ChartView) -> str:
    """Where the JSON lies in the chart."""
    return f"dashboards/{chart.name}.json"


def placeholder(chart: ChartView, w: WorkloadView) -> str:
    """What stands for the workload's full name in the dashboard's text."""
    return NAME if chart.single else f"__NAME_{w.name}__"


def _dashboard(chart: ChartView) -> dict[str, Any]:
    names = [(w, placeholder(chart, w)) for w in chart.workloads]
    shown = podpanels.podpanels(dict.fromkeys(w.container for w in chart.workloads))
    for w, name in names:
        shown += _application(w, name, "Requests" if chart.single else f"Requests to {w.name}")
    return {
        "uid": UID,
        "title": f"{NAME} ({NAMESPACE})",
        "description": chart.spec.description,
        "tags": [chart.name],
        "schemaVersion": panels.SCHEMA_VERSION,
        "editable": True,
        "graphTooltip": 1,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "timezone": "",
        "templating": {
            "list": [
                panels.datasource_variable(),
                panels.choice_variable("namespace", "Namespace", [(NAMESPACE, NAMESPACE)]),
                panels.choice_variable(
                    "workload", "Workload", [(NAME if chart.single else w.name, name) for w, name in names]
                ),
            ]
        },
        "annotations": {"list": []},
        "links": [],
        "panels": panels.placed(shown),
    }


def _application(w: WorkloadView, name: str, title: str) -> list[Panel]:
    """What the application itself counts, as far as the spec names it."""
    metrics = w.workload.metrics
    if metrics is None:
        return []
    # The Prometheus operator names the job after the Service, or after the PodMonitor and its namespace.
    job = name if w.has_service else f"$namespace/{name}"
    shown = _requests(metrics, f'namespace="$namespace", job="{job}"')
    if not shown:
        return []
    for panel in shown:
        panel["gridPos"]["w"] = panels.COLUMNS // len(shown)
    return [row(title), *shown]


def _requests(metrics: Metrics, scraped: str) -> list[Panel]:
    shown = []
    if metrics.requests:
        by_pod = f"sum by (pod) (rate({metrics.requests}{{{scraped}}}{RATE}))"
        shown.append(timeseries("Requests by pod", [Query(by_pod, "{{pod}}")], description="Requests.", unit="reqps"))
    if metrics.requests and metrics.errors:
        total = f"sum(rate({metrics.requests}{{{scraped}}}{RATE}))"
        failed = f"sum(rate({metrics.requests}{{{scraped}, {metrics.errors}}}{RATE}))"
        share = [Query(f"100 * {failed} / {total}", "failed")]
        description = "Requests that failed, in percent of all."
        shown.append(timeseries("Failed requests", share, description=description, unit="percent"))
    if metrics.latency:
        buckets = f"sum by (le) (rate({metrics.latency}_bucket{{{scraped}}}{RATE}))"
        shares = [("0.5", "half"), ("0.9", "9 of 10"), ("0.99", "99 of 100")]
        within = [Query(f"histogram_quantile({share}, {buckets})", f"{text} within") for share, text in shares]
        shown.append(timeseries("Latency", within, description="How long requests take at most.", unit="s"))
    return shown
