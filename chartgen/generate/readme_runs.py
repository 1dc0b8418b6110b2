"""What README.md of a chart says about workloads with a life of their own: when Jobs run, what pods are called."""

from __future__ import annotations

from chartgen.generate.view import ChartView, WorkloadView
from chartgen.spec.model import Kind

_DEPLOYS: dict[tuple[str, ...], str] = {
    ("pre-install", "pre-upgrade"): "before each install and upgrade, which fail when it fails",
    ("post-install", "post-upgrade"): "after each install and upgrade, which fail when it fails",
}


def jobs(chart: ChartView) -> str:
    """When each CronJob and Job runs; empty for a chart without one."""
    ending = [w for w in chart.workloads if w.kind.ends]
    if not ending:
        return ""
    rows = ["| Workload | Kind | Runs |", "|----------|------|------|"]
    rows += [f"| `{w.name}` | {w.kind} | {_when(w)} |" for w in ending]
    return "\n".join(rows)


def _when(w: WorkloadView) -> str:
    if w.workload.schedule:
        where = "schedule" if not w.key else f"{w.key}.schedule"
        return f"as `{where}` says, by default `{w.workload.schedule.cron}`"
    if w.workload.run is None or not w.workload.run.hooks:
        return "once, and again when its pod template changes, for example with a new image"
    hooks = w.workload.run.hooks
    return _DEPLOYS.get(hooks) or f"at Helm's hooks {', '.join(f'`{hook}`' for hook in hooks)}"


def stateful(chart: ChartView) -> str:
    """How the pods of StatefulSets are reached one by one; empty for a chart without one."""
    names = [chart.name if chart.single else f"{chart.name}-{w.name}" for w in chart.workloads
             if w.kind is Kind.STATEFUL_SET]  # fmt: skip
    if not names:
        return ""
    pods = ", ".join(f"`{name}-0.{name}-headless`" for name in names)
    return (
        f"Each pod of a StatefulSet keeps its name and is reached by it, ready or not: in release `{chart.name}` the "
        f"first is {pods}."
    )
