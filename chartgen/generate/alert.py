"""What there is to say about an alert."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chartgen.spec.model import Alerts, Need, Workload


@dataclass(frozen=True, slots=True)
class Alert:
    """One entry of ``monitoring.alerts``.

    ``names`` are the alerts it switches, ``meaning`` completes "Alert when ...". ``threshold`` takes the default from
    the spec, ``unit`` being its comment; ``lasting`` the time the condition must hold (None: it fires at once).
    ``min_requests`` is the least traffic worth judging. ``applies`` says which workloads can have it, and ``concerns``
    which needs.
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
    concerns: Callable[[Need], bool] = lambda need: False
