"""Labels that hold the chart's or the application's version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.rules.base import ScenarioContext

_KEYS = ("app.kubernetes.io/version", "helm.sh/chart", "chart", "version", "heritage")


def versions_in(labels: Mapping[str, Any], ctx: ScenarioContext) -> Iterator[str]:
    """The keys, among those that commonly hold a version, whose value ends with one of this chart."""
    metadata = ctx.chart.chart.metadata
    versions = {str(metadata[key]) for key in ("version", "appVersion") if metadata.get(key)}
    versions |= {version.replace("+", "_") for version in versions}
    for key, value in labels.items():
        if key in _KEYS and isinstance(value, str) and any(value == v or value.endswith(f"-{v}") for v in versions):
            yield key
