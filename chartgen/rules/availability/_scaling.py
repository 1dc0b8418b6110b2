"""How many pods a workload runs at least, which depends on what scales it."""

from __future__ import annotations

from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import get, mapping, replicas, text
from chartgen.rules.base import ScenarioContext


def autoscaler(obj: RenderedObject, ctx: ScenarioContext) -> RenderedObject | None:
    """The HorizontalPodAutoscaler or KEDA ScaledObject that scales a workload, if the chart renders one."""
    key, memory = ("scalers by target", ctx.name), ctx.chart.memory
    if key not in memory:
        memory[key] = {}
        for scaler in ctx.of_kind("HorizontalPodAutoscaler", "ScaledObject"):
            target = mapping(scaler.body, "spec", "scaleTargetRef")
            named = (text(target, "kind") or "Deployment", text(target, "name"))
            memory[key].setdefault(named, []).append(scaler)
    found: list[RenderedObject] = memory[key].get((obj.kind, obj.name), [])
    return next((one for one in found if (one.namespace or obj.namespace) == (obj.namespace or one.namespace)), None)


def least_pods(obj: RenderedObject, ctx: ScenarioContext) -> int | None:
    """The fewest pods a workload is meant to run, or None when that is not said in numbers."""
    scaler = autoscaler(obj, ctx)
    if scaler is None:
        return replicas(obj.body)
    field, default = ("minReplicas", 1) if scaler.kind == "HorizontalPodAutoscaler" else ("minReplicaCount", 0)
    least = get(scaler.body, "spec", field)
    if least is None:
        return default
    return least if isinstance(least, int) and not isinstance(least, bool) else None


Counting = Literal["least", "spec", "spec-or-many"]
"""How a workload's pods are counted: as ``least_pods`` does; by ``spec.replicas`` alone, which are 1 when unset; or by
``spec.replicas`` alone, where a workload without them has many."""


def counted(obj: RenderedObject, ctx: ScenarioContext, how: Counting, enough: int) -> int | None:
    """How many pods a workload runs; ``enough`` where it is to be taken for many. None when that is not said."""
    if how == "least":
        return least_pods(obj, ctx)
    if how == "spec-or-many" and get(obj.body, "spec", "replicas") is None:
        return enough
    return replicas(obj.body)


def percentage(value: object) -> int | None:
    """The number in ``"25%"``, or None for anything else."""
    if isinstance(value, str) and value.endswith("%") and value[:-1].isdecimal():
        return int(value[:-1])
    return None
