"""What Helm's command refuses and its library lets pass."""

from __future__ import annotations

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Options


def constraint(chart: Chart, options: Options) -> Failure | None:
    """Why Helm would not install this chart, in its own words; None when it would."""
    if chart.metadata.get("type") == "library":
        return Failure("constraint", "library charts are not installable", "Chart.yaml")
    return None
