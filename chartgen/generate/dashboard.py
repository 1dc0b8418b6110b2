"""The Grafana dashboard of a chart: how its pods do, against what they request and may use.

The JSON lies in the chart as a file and is read with ``.Files.Get``, so that Helm never takes Grafana's ``{{pod}}`` for
an action. What only the release knows stands in it as a placeholder, which templates/dashboard.yaml replaces: every
release has a dashboard of its own, with its own uid, and opens on its own pods.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from chartgen.generate import jsontext, panels, podpanels
from chartgen.generate.kedapanels import kedapanels
from chartgen.generate.kinds import Names
from chartgen.generate.needpanels import needpanels
from chartgen.generate.panels import RATE, Panel, Query, row, timeseries
from chartgen.generate.view import ChartView, WorkloadView
from chartgen.generate.volumepanels import volumepanels
from chartgen.spec.model import Kind, Metrics

NAMESPACE = "__NAMESPACE__"
NAME = "__NAME__"
UID = "__UID__"


def dashboard(chart: ChartView) -> str:
    """The dashboard's JSON, indented, ending in a new line; ASCII, because YAML ends lines at some other characters."""
    names = "|".join(dict.fromkeys(w.container for w in chart.workloads))
    keda = any(w.workload.replicas.triggers for w in chart.workloads)
    pods, count, height = _pods(tuple(w.kind for w in chart.workloads), tuple(w.names for w in chart.workloads), keda)
    shown = [*volumepanels(chart.workloads), *(kedapanels() if keda else [])]
    shown += [panel for w in chart.workloads for panel in _application(chart, w)]
    shown += needpanels(chart.needs)
    texts = [pods.replace(podpanels.CONTAINERS, names), *map(_text, panels.placed(shown, number=count + 1, y=height))]
    return jsontext.dumps(_frame(chart)).removesuffix("[]\n}") + "[\n    " + _JOINT.join(texts) + "\n  ]\n}\n"


_JOINT = ",\n    "


def _text(panel: Panel) -> str:
    return jsontext.dumps(panel, 4)


@cache
def _pods(kinds: tuple[Kind, ...], names: tuple[Names, ...], keda: bool) -> tuple[str, int, int]:
    """The panels every dashboard begins with, as text, and how many and how high they are."""
    placed = panels.placed(podpanels.podpanels(kinds, names, keda=keda))
    last = placed[-1]["gridPos"]
    return _JOINT.join(map(_text, placed)), len(placed), last["y"] + last["h"]


def placeholder(chart: ChartView, w: WorkloadView) -> str:
    """What stands for the workload's full name in the dashboard's text."""
    return NAME if chart.single else f"__NAME_{w.name}__"


def _frame(chart: ChartView) -> dict[str, Any]:
    """The dashboard without its panels."""
    names = [(w.name, placeholder(chart, w)) for w in chart.workloads]
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
                panels.choice_variable("workload", "Workload", [(NAME, NAME)] if chart.single else names),
            ]
        },
        "annotations": {"list": []},
        "links": [],
        "panels": [],
    }


def _application(chart: ChartView, w: WorkloadView) -> list[Panel]:
    """What the application itself counts, as far as the spec names it."""
    metrics = w.workload.metrics
    if metrics is None:
        return []
    name = placeholder(chart, w)
    # The Prometheus operator names the job after the Service, or after the PodMonitor and its namespace.
    job = name if w.scraped_by_service else f"$namespace/{name}"
    shown = _requests(metrics, f'namespace="$namespace", job="{job}"')
    if not shown:
        return []
    for panel in shown:
        panel["gridPos"]["w"] = panels.COLUMNS // len(shown)
    return [row("Requests" if chart.single else f"Requests to {w.name}"), *shown]


def _requests(metrics: Metrics, scraped: str) -> list[Panel]:
    shown = []
    if metrics.requests:
        by_pod = f"sum by (pod) (rate({metrics.requests}{{{scraped}}}{RATE}))"
        description = "Requests per second each pod answers."
        shown.append(timeseries("Requests by pod", [Query(by_pod, "{{pod}}")], description=description, unit="reqps"))
    if metrics.requests and metrics.errors:
        total = f"sum(rate({metrics.requests}{{{scraped}}}{RATE}))"
        failed = f"(sum(rate({metrics.requests}{{{scraped}, {metrics.errors}}}{RATE})) or 0 * {total})"
        share = [Query(f"100 * {failed} / {total}", "failed")]
        description = "Requests that failed, in percent of all."
        shown.append(timeseries("Failed requests", share, description=description, unit="percent"))
    if metrics.latency:
        buckets = f"sum by (le) (rate({metrics.latency}_bucket{{{scraped}}}{RATE}))"
        shares = [("0.5", "p50"), ("0.9", "p90"), ("0.99", "p99")]
        within = [Query(f"histogram_quantile({share}, {buckets})", text) for share, text in shares]
        description = "Duration of the requests: median, 90th and 99th percentile."
        shown.append(timeseries("Latency", within, description=description, unit="s"))
    return shown
