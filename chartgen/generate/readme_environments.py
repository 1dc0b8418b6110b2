"""README.md of a chart: its environments."""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.generate.overlays import Overlay
from chartgen.generate.valuetree import leaves
from chartgen.generate.view import ChartView

MOST = 6
"""Settings that are named in a row."""


def environments(chart: ChartView, overlays: Sequence[Overlay]) -> str:
    """Which there are, what they set, and how to install one; ``""`` for a chart without."""
    if not overlays:
        return ""
    rows = ["| Environment | Values | Sets |", "|-------------|--------|------|"]
    rows += [f"| {one.environment} | `{one.path}` | {_settings(one)} |" for one in overlays]
    command = f"helm upgrade --install {chart.name} . --namespace {chart.name} --values {overlays[0].path}"
    return (
        "Every environment has a file with the values in which it differs from `values.yaml`:\n\n"
        + "\n".join(rows)
        + f"\n\n```console\n{command}\n```"
    )


def _settings(overlay: Overlay) -> str:
    paths = [f"`{'.'.join(path)}`" for path, _ in leaves(overlay.nodes)]
    if len(paths) > MOST:
        paths = [*paths[: MOST - 1], f"and {len(paths) - MOST + 1} more"]
    return ", ".join(paths) or "nothing"
