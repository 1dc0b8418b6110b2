"""How a workload runs: its kind, and what only some kinds have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.model import Kind, Run, Schedule
from chartgen.spec.units import seconds

EVENTS = {"pre-deploy": ("pre-install", "pre-upgrade"), "post-deploy": ("post-install", "post-upgrade"), "once": ()}
"""Helm's events behind our words; any other word is the name of an event."""

HOOK_TTL = 86400
"""Seconds a finished hook stays: no other run of Helm removes it, not even the one that uninstalls the release."""


def kind(own: Mapping[str, Any]) -> Kind:
    """The kind a workload says, or the one its other keys imply."""
    if "kind" in own:
        return Kind(own["kind"])
    if "schedule" in own:
        return Kind.CRON_JOB
    return Kind.JOB if "run" in own else Kind.DEPLOYMENT


def schedule(own: Mapping[str, Any]) -> Schedule:
    """When a CronJob runs; the schedule is empty where the spec has none."""
    kept = own.get("history", {})
    return Schedule(
        cron=own.get("schedule", ""),
        timezone=own.get("timezone", ""),
        concurrency=own.get("concurrency", "Forbid"),
        deadline=seconds(own.get("deadline", 300)),
        successful=int(kept.get("successful", 3)),
        failed=int(kept.get("failed", 1)),
        suspend=own.get("suspend", False),
    )


def run(own: Mapping[str, Any], *, scheduled: bool) -> Run:
    """How the pods of a Job run. Those of a CronJob (``scheduled``) are no hooks, and its history says which stay.

    A Job that runs once stays until it is replaced: were it gone, the next upgrade would make and run it again.
    """
    hooks = () if scheduled else _events(own.get("run", "once"))
    usual = HOOK_TTL if hooks else None
    return Run(
        hooks=hooks,
        backoff=int(own.get("backoff", 2)),
        timeout=seconds(own.get("timeout", 0)),
        ttl=seconds(own["ttl"]) if "ttl" in own else usual,
        completions=int(own.get("completions", 1)),
        parallelism=int(own.get("parallelism", 1)),
    )


def _events(value: str | list[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        return EVENTS.get(value, (value,))
    return tuple(value)
