"""What is not rendered and may be there all the same: what the chart's own programs make, and workloads that wait."""

from __future__ import annotations

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import items
from chartgen.rules.base import ScenarioContext

MAKES_PODS = frozenset({"create"})
WRITES_KEYS = frozenset({"patch", "update"})

_WORKLOAD = r"(?m)^kind: *[\"']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod)\b"


def may_write(resource: str, verbs: frozenset[str], ctx: ScenarioContext, name: str = "") -> bool:
    """Whether a role of the release lets a program do something to objects of the core group, or to one by its name.

    A Job that writes keys into a Secret, or a server that starts pods, says so in its role; one that may do anything
    says nothing.
    """
    return any(
        _grants(rule, resource, verbs) and name in (items(rule, "resourceNames") or [name])
        for role in ctx.of_kind("Role", "ClusterRole")
        for rule in items(role.body, "rules")
    )


def _grants(rule: object, resource: str, verbs: frozenset[str]) -> bool:
    return (
        bool({"", "*"}.intersection(map(str, items(rule, "apiGroups"))))
        and resource in items(rule, "resources")
        and bool((verbs | {"*"}).intersection(map(str, items(rule, "verbs"))))
    )


def labels_cure(obj: RenderedObject, ctx: ScenarioContext) -> str:
    """What to do about a selector without pods: it is wrong, or the template of its pods renders nothing here."""
    path = waiting(obj, ctx)
    if path:
        return f"{path} renders nothing under these values: give both the same condition, or set what it waits for"
    return "use the labels that the pods carry in spec.template.metadata.labels"


def waiting(obj: RenderedObject, ctx: ScenarioContext) -> str:
    """The one template beside an object's own, or in its chart, that has a workload and renders nothing, or ``""``."""
    chart, at, _ = obj.source.rpartition("templates/")
    folder = obj.source.rpartition("/")[0]
    idle = _idle(f"{chart}{at}", ctx)
    beside = [path for path in idle if path.rpartition("/")[0] == folder]
    return beside[0] if len(beside) == 1 else idle[0] if len(idle) == 1 else ""


def _idle(start: str, ctx: ScenarioContext) -> tuple[str, ...]:
    """The templates in a folder that have a workload and render nothing in a scenario; found once."""
    key, memory = ("idle templates", ctx.name, start), ctx.chart.memory
    if key not in memory:
        import re

        busy = {one.source for one in ctx.objects}
        memory[key] = tuple(
            path
            for path in ctx.chart.chart.files
            if path.startswith(start) and path not in busy
            if path.endswith((".yaml", ".yml", ".tpl")) and "/_" not in path
            if re.search(_WORKLOAD, ctx.chart.chart.text(path) or "")
        )
    found: tuple[str, ...] = memory[key]
    return found
