"""The pieces of a Grafana dashboard as data: panels, queries, variables, and their places on the grid.

Field names and defaults are those Grafana writes itself at schema version 39 (Grafana 10.4 and later; newer ones
migrate it when they load it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SCHEMA_VERSION = 39
COLUMNS = 24
"""The width of Grafana's grid."""

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}

RATE = "[$__rate_interval]"
"""The window of a rate: Grafana makes it long enough for the scrape interval and the zoom."""

Panel = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Query:
    """One PromQL expression and the name of its series.

    ``mark``, a colour, draws it as a dashed line to compare the others with.
    """

    expr: str
    legend: str
    mark: str = ""


def timeseries(
    title: str, queries: Sequence[Query], *, description: str, unit: str = "short", width: int = 12, height: int = 8
) -> Panel:
    """Lines over time, from zero, with the last and highest value of each in a table below."""
    return {
        "type": "timeseries",
        "title": title,
        "description": description,
        "datasource": DATASOURCE,
        "gridPos": {"h": height, "w": width},
        "fieldConfig": {
            "defaults": {
                "color": {"mode": "palette-classic"},
                "custom": {"drawStyle": "line", "lineWidth": 1, "fillOpacity": 10, "showPoints": "never"},
                "min": 0,
                "unit": unit,
            },
            "overrides": [_dashed(query) for query in queries if query.mark],
        },
        "options": {
            "legend": {
                "displayMode": "table",
                "placement": "bottom",
                "showLegend": True,
                "calcs": ["lastNotNull", "max"],
            },
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
        "targets": _targets(queries, instant=False),
    }


def stat(
    title: str, expr: str, *, description: str, unit: str = "short", steps: Sequence[tuple[float | None, str]] = ()
) -> Panel:
    """One number in the colour of the highest of the ``steps`` (value, colour) it reaches; the first has no value."""
    return {
        "type": "stat",
        "title": title,
        "description": description,
        "datasource": DATASOURCE,
        "gridPos": {"h": 4, "w": 4},
        "fieldConfig": {
            "defaults": {
                "color": {"mode": "thresholds"},
                "decimals": 0,
                "noValue": "-",
                "thresholds": {
                    "mode": "absolute",
                    "steps": [{"color": color, "value": value} for value, color in steps or [(None, "text")]],
                },
                "unit": unit,
            },
            "overrides": [],
        },
        "options": {
            "colorMode": "value",
            "graphMode": "none",
            "justifyMode": "auto",
            "orientation": "auto",
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "textMode": "value",
        },
        "targets": _targets([Query(expr, title)], instant=True),
    }


def row(title: str) -> Panel:
    """A heading; the panels after it belong to it."""
    return {"type": "row", "title": title, "collapsed": False, "gridPos": {"h": 1, "w": COLUMNS}, "panels": []}


def placed(panels: Sequence[Panel], *, number: int = 1, y: int = 0) -> list[Panel]:
    """The panels with numbers and places: from left to right, on a new line where the next does not fit."""
    result = []
    x = line = 0
    for panel in panels:
        size = panel["gridPos"]
        if x + size["w"] > COLUMNS:
            x, y, line = 0, y + line, 0
        result.append({"id": number, **panel, "gridPos": {**size, "x": x, "y": y}})
        number += 1
        x += size["w"]
        line = max(line, size["h"])
    return result


def datasource_variable() -> dict[str, Any]:
    """Lets the reader choose the Prometheus; Grafana fills in its default one."""
    return {
        "type": "datasource",
        "name": "datasource",
        "label": "Data source",
        "query": "prometheus",
        "regex": "",
        "hide": 0,
        "includeAll": False,
        "multi": False,
        "options": [],
        "current": {},
        "refresh": 1,
        "skipUrlSync": False,
    }


def choice_variable(name: str, label: str, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A choice among values known beforehand, as (text, value); the first is chosen."""
    options = [{"text": text, "value": value, "selected": not number} for number, (text, value) in enumerate(choices)]
    return {
        "type": "custom",
        "name": name,
        "label": label,
        "query": ",".join(value if text == value else f"{text} : {value}" for text, value in choices),
        "hide": 0,
        "includeAll": False,
        "multi": False,
        "options": options,
        "current": options[0],
        "skipUrlSync": False,
    }


def _targets(queries: Sequence[Query], *, instant: bool) -> list[dict[str, Any]]:
    return [
        {
            "refId": chr(ord("A") + number),
            "datasource": DATASOURCE,
            "editorMode": "code",
            "expr": query.expr,
            "instant": instant,
            "legendFormat": query.legend,
            "range": not instant,
        }
        for number, query in enumerate(queries)
    ]


def _dashed(query: Query) -> dict[str, Any]:
    return {
        "matcher": {"id": "byName", "options": query.legend},
        "properties": [
            {"id": "color", "value": {"mode": "fixed", "fixedColor": query.mark}},
            {"id": "custom.fillOpacity", "value": 0},
            {"id": "custom.lineStyle", "value": {"fill": "dash", "dash": [8, 8]}},
        ],
    }
