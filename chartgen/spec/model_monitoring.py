"""Alerts and the dashboard, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Alerts:
    """Thresholds of the built-in alerts. Percentages are whole numbers; durations Prometheus' text (``10m``).

    ``cpu`` percent of the request, ``throttling`` percent of periods, ``memory`` percent of the limit, ``volume``
    percent of the capacity, ``restarts`` in an hour, ``not_ready`` how long pods may be unready, ``hpa_max`` how long
    an HPA may stay at its maximum, ``job_slow`` how long a Job may run, ``cron_late`` how long a run of a CronJob may
    be overdue, ``error_rate`` percent of requests (may be a fraction), ``latency`` seconds at the 99th percentile.
    """

    enabled: bool = True
    cpu: int = 90
    throttling: int = 25
    memory: int = 90
    volume: int = 85
    restarts: int = 3
    not_ready: str = "10m"
    hpa_max: str = "15m"
    job_slow: str = "12h"
    cron_late: str = "15m"
    error_rate: float = 5
    latency: float = 1.0


@dataclass(frozen=True, slots=True)
class Monitoring:
    """Alerts and the dashboard. ``labels`` go on ServiceMonitors, PodMonitors and PrometheusRules so that Prometheus
    picks them up; ``runbooks`` is the base URL of the runbook links (empty: no links).
    """

    enabled: bool = True
    alerts: Alerts = Alerts()
    dashboard: bool = True
    labels: Mapping[str, str] = field(default_factory=dict)
    runbooks: str = ""
