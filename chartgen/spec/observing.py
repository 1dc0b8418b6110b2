"""Alerts and the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.model import Alerts, Monitoring
from chartgen.spec.units import duration_text, texts


def monitoring(value: bool | Mapping[str, Any]) -> Monitoring:
    """Alerts and the dashboard, all on unless the spec says otherwise."""
    if not isinstance(value, Mapping):
        return Monitoring(enabled=value)
    usual = Monitoring()
    return Monitoring(
        enabled=True,
        alerts=alerts(value.get("alerts", True)),
        dashboard=value.get("dashboard", usual.dashboard),
        labels=texts(value.get("labels", {})),
        runbooks=value.get("runbooks", "").rstrip("/"),
    )


def alerts(value: bool | Mapping[str, Any]) -> Alerts:
    """The alerts' thresholds."""
    if not isinstance(value, Mapping):
        return Alerts(enabled=value)
    usual = Alerts()
    rate = value.get("errorRate", usual.error_rate)
    return Alerts(
        enabled=True,
        cpu=int(value.get("cpu", usual.cpu)),
        throttling=int(value.get("throttling", usual.throttling)),
        memory=int(value.get("memory", usual.memory)),
        volume=int(value.get("volume", usual.volume)),
        restarts=int(value.get("restarts", usual.restarts)),
        not_ready=duration_text(value.get("notReady", usual.not_ready)),
        hpa_max=duration_text(value.get("hpaMax", usual.hpa_max)),
        job_slow=duration_text(value.get("jobSlow", usual.job_slow)),
        cron_late=duration_text(value.get("cronLate", usual.cron_late)),
        error_rate=int(rate) if rate == int(rate) else float(rate),
        latency=float(value.get("latency", usual.latency)),
    )
