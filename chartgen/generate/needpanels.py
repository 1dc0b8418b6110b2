"""The panels of the databases that a chart makes. Their queries ask what the alerts ask, see ``alertneeds``."""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.generate.needs import NeedView
from chartgen.generate.panels import COLUMNS, Panel, Query, row, timeseries


def placeholder(view: NeedView) -> str:
    """What stands for the name of its cluster in the dashboard's text."""
    return f"__CLUSTER_{view.name}__"


def needpanels(views: Sequence[NeedView]) -> list[Panel]:
    """A row for each database, whatever workload is chosen in the dashboard."""
    return [panel for view in views if view.creates for panel in _database(view)]


def _database(view: NeedView) -> list[Panel]:
    servers = f'namespace="$namespace", pod=~"{placeholder(view)}-[0-9]+"'
    claims = f'namespace="$namespace", persistentvolumeclaim=~"{placeholder(view)}-[0-9]+(-wal)?"'
    ready = f'sum(max by (pod) (kube_pod_status_ready{{{servers}, condition="true"}}))'
    used = f"sum by (pod) (cnpg_backends_total{{{servers}}})"
    most = f'max by (pod) (cnpg_pg_settings_setting{{{servers}, name="max_connections"}})'

    def highest(metric: str) -> str:
        return f"max by (persistentvolumeclaim) (kubelet_volume_stats_{metric}{{{claims}}})"

    full = f"100 * (1 - {highest('available_bytes')} / {highest('capacity_bytes')})"
    width = COLUMNS // 4
    return [
        row(f"Database {view.name}"),
        timeseries(
            f"Servers of {view.name}",
            [Query(ready, "ready")],
            description="How many servers are ready.",
            width=width,
        ),
        timeseries(
            f"Connections of {view.name}",
            [Query(f"100 * {used} / {most}", "{{pod}}")],
            description="Connections of each server, in percent of those it allows.",
            unit="percent",
            width=width,
        ),
        timeseries(
            f"Lag of {view.name}",
            [Query(f"max by (pod) (cnpg_pg_replication_lag{{{servers}}})", "{{pod}}")],
            description="How far each server is behind the one that is written to.",
            unit="s",
            width=width,
        ),
        timeseries(
            f"Volumes of {view.name}",
            [Query(full, "{{persistentvolumeclaim}}")],
            description="How full the volume of each server is, in percent of its capacity.",
            unit="percent",
            width=width,
        ),
    ]
