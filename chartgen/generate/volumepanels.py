"""The panel of the claims that a chart makes: how full they are. Its query needs the kubelet's metrics only."""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.generate.panels import Panel, Query, row, timeseries
from chartgen.generate.view import WorkloadView


def volumepanels(workloads: Sequence[WorkloadView]) -> list[Panel]:
    """One row, for the workload chosen in the dashboard; none for a chart that makes no claim."""
    made = dict.fromkeys(v.name for w in workloads for v in w.volumes if v.made and not v.templated)
    templated = dict.fromkeys(v.name for w in workloads for v in w.claim_templates)
    names = [f"$workload-{_any(made)}"] * bool(made) + [f"{_any(templated)}-$workload-[0-9]+"] * bool(templated)
    if not names:
        return []
    claims = f'namespace="$namespace", persistentvolumeclaim=~"{"|".join(names)}"'

    def highest(metric: str) -> str:
        return f"max by (persistentvolumeclaim) (kubelet_volume_stats_{metric}{{{claims}}})"

    return [
        row("Volumes"),
        timeseries(
            "Volume used by claim",
            [
                Query(
                    f"100 * (1 - {highest('available_bytes')} / {highest('capacity_bytes')})",
                    "{{persistentvolumeclaim}}",
                )
            ],
            description="How full each claim is, in percent of its capacity.",
            unit="percent",
        ),
        timeseries(
            "Inodes used by claim",
            [Query(f"100 * {highest('inodes_used')} / {highest('inodes')}", "{{persistentvolumeclaim}}")],
            description="Files and folders of each claim, in percent of what its file system can have.",
            unit="percent",
        ),
    ]


def _any(names: Sequence[str] | dict[str, None]) -> str:
    """A regular expression of some names."""
    listed = list(names)
    return listed[0] if len(listed) == 1 else f"({'|'.join(listed)})"
