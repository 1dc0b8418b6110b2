"""The panels of what KEDA scales by. Their queries need the metrics of KEDA's operator.

Prometheus calls the namespace of the ScaledObject ``exported_namespace`` unless it scrapes with ``honorLabels``.
"""

from __future__ import annotations

from chartgen.generate.panels import RATE, Panel, Query, row, timeseries


def kedapanels() -> list[Panel]:
    """One row, for the workload chosen in the dashboard; empty for one that KEDA does not scale."""
    return [
        row("Triggers"),
        timeseries(
            "Value by trigger",
            [Query(f"max by (scaler) ({_either('keda_scaler_metrics_value')})", "{{scaler}}")],
            description="What KEDA has read for each trigger; divided by its target it is the number of pods wanted.",
        ),
        timeseries(
            "Errors by trigger",
            [Query(f"sum by (scaler) ({_either('keda_scaler_detail_errors_total', 'increase')})", "{{scaler}}")],
            description="How often KEDA has failed to read each trigger.",
        ),
    ]


def _either(metric: str, function: str = "") -> str:
    own = 'scaledObject="$workload"'
    series = (
        f'{metric}{{exported_namespace="$namespace", {own}}}',
        f'{metric}{{exported_namespace="", namespace="$namespace", {own}}}',
    )
    return " or ".join(f"{function}({one}{RATE})" if function else one for one in series)
