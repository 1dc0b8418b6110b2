"""What README.md of a chart says about scaling: what has to run in the cluster for it, and how to look at it."""

from __future__ import annotations

from chartgen.generate.view import ChartView, WorkloadView

Secrets = dict[str, dict[str, None]]


def needed(chart: ChartView) -> list[str]:
    """The requirements of scaling, by default or in one of the environments, as items of a list."""
    wanted = [w.replicas for w in chart.everywhere if w.replicas.autoscaled]
    items = []
    if any(each.cpu or each.memory for each in wanted):
        items.append("- metrics-server, for autoscaling")
    metrics = dict.fromkeys(metric.name for each in wanted if not each.triggers for metric in each.metrics)
    if metrics:
        items.append(f"- An adapter that serves the metric{_plural(metrics)} {_listed(metrics)} to autoscalers")
    if any(w.workload.replicas.triggers for w in chart.workloads):
        items.append(f"- KEDA, which scales by triggers; without it set `{_setting(chart, 'keda')}` to `false`")
        items += _secrets(chart)
    if any(w.workload.vpa for w in chart.workloads):
        off = _setting(chart, "verticalPodAutoscaler")
        items.append(f"- The recommender of the Vertical Pod Autoscaler; without it set `{off}` to `false`")
    return items


def _setting(chart: ChartView, block: str) -> str:
    return f"{block}.enabled" if chart.single else f"<workload>.{block}.enabled"


def _secrets(chart: ChartView) -> list[str]:
    """The Secrets that only KEDA reads."""
    found: Secrets = {}
    for w in chart.workloads:
        for trigger in w.workload.replicas.triggers:
            if trigger.auth and trigger.auth.keys:
                found.setdefault(trigger.auth.secret, {}).update(dict.fromkeys(trigger.auth.keys.values()))
    return [
        f"- The Secret `{name}` in the namespace of the release, with the key{_plural(keys)} {_listed(keys)}, for KEDA"
        for name, keys in found.items()
    ]


def _plural(names: dict[str, None]) -> str:
    return "" if len(names) == 1 else "s"


def _listed(names: dict[str, None]) -> str:
    quoted = [f"`` {name} ``" if "`" in name else f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def scaling(chart: ChartView) -> str:
    """What KEDA does and where recommendations are; empty for a chart with neither."""
    watched = [w for w in chart.workloads if w.workload.replicas.triggers]
    looked_at = [w for w in chart.workloads if w.workload.vpa]
    parts = []
    if watched:
        rows = ["| Workload | Pods | Triggers |", "|----------|------|----------|"]
        rows += [f"| `{w.name}` | {_pods(w)} | {_triggers(w)} |" for w in watched]
        name = _name(chart, watched[0])
        pause = f"`kubectl annotate scaledobject {name} autoscaling.keda.sh/paused=true` stops it for a while."
        first = (
            "KEDA refuses a workload that another HorizontalPodAutoscaler scales: one from an earlier version of the "
            "chart has to be deleted before the upgrade."
        )
        parts += [
            "KEDA sets the number of pods, through the HorizontalPodAutoscaler `keda-hpa-<name>` that it makes:",
            "\n".join(rows),
            f"{pause} {first}",
        ]
    if looked_at:
        parts.append(
            "A VerticalPodAutoscaler recommends what to request and changes nothing: `kubectl describe "
            f"verticalpodautoscaler {_name(chart, looked_at[0])}` shows it."
        )
    return "\n\n".join(parts)


def _name(chart: ChartView, w: WorkloadView) -> str:
    """The name of a workload's objects in a release that is called like the chart."""
    return chart.name if chart.single else f"{chart.name}-{w.name}"


def _pods(w: WorkloadView) -> str:
    wanted = w.workload.replicas
    return f"{wanted.min} to {wanted.max}" if wanted.autoscaled else f"{max(wanted.min, 1)}, unscaled"


def _triggers(w: WorkloadView) -> str:
    wanted = w.workload.replicas
    kinds = [f"`{trigger.name}` ({trigger.type})" for trigger in wanted.triggers]
    kinds += [f"{name} at {target}%" for name, target in (("CPU", wanted.cpu), ("memory", wanted.memory)) if target]
    return ", ".join(kinds)
