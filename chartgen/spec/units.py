"""Scalars of a spec as the model holds them: text, quantities, durations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PART = re.compile(r"([0-9]+)([hms])")
_SECONDS = {"h": 3600, "m": 60, "s": 1}

_FACTORS = {
    "": 1.0, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
    "Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50,
}  # fmt: skip


def text(value: Any) -> str:
    """A scalar as text; booleans in lower case, as YAML writes them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def texts(value: Mapping[str, Any]) -> dict[str, str]:
    """A map of labels or annotations, every value as text."""
    return {key: text(item) for key, item in value.items()}


def number(value: Any) -> str:
    """A quantity as Kubernetes' text: ``1`` for 1 and for 1.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def seconds(value: int | str) -> int:
    """A duration in whole seconds: a number, or text such as ``90s`` or ``1h30m``."""
    if not isinstance(value, str):
        return int(value)
    return sum(int(count) * _SECONDS[unit] for count, unit in _PART.findall(value))


def duration_text(value: int | str) -> str:
    """A duration as Prometheus writes it; a number counts seconds."""
    return value if isinstance(value, str) else f"{int(value)}s"


def amount(quantity: str) -> float:
    """How much a quantity is, in cores or bytes: 0.25 for ``250m``. Quantities come from validated data."""
    digits = quantity.rstrip("mkKMGTPi")
    return float(digits) * _FACTORS[quantity[len(digits) :]]
