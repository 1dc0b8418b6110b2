"""README.md of a chart: what its pods may do with the cluster's API."""

from __future__ import annotations

from chartgen.generate.permissions import UNNAMED
from chartgen.generate.view import ChartView
from chartgen.spec.model import Permission
from chartgen.spec.permissions import written


def permissions(chart: ChartView) -> str:
    """A row for each permission; ``""`` for a chart whose pods may do nothing."""
    rows = [
        f"| `{chart.name if chart.single else w.name}` | `{written(one)}` | {_listed(one.verbs)} | {_where(one)} |"
        for w in chart.workloads
        for one in w.workload.permissions
    ]
    if not rows:
        return ""
    where = "rbac.create" if chart.single else "<workload>.rbac.create"
    return (
        f"The pods may do this with the API of the cluster. With `{where}` off, somebody else has to allow it:\n\n"
        + "\n".join(["| Workload | Resource | Verbs | Where |", "|----------|----------|-------|-------|", *rows])
    )


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _where(permission: Permission) -> str:
    where = "in the whole cluster" if permission.cluster else "in the namespace of the release"
    if not permission.names:
        return where
    free = _listed(tuple(verb for verb in permission.verbs if verb in UNNAMED))
    return f"{where}, only {_listed(permission.names)}" + (f" ({free}: any)" if free else "")
