"""What a ServiceMonitor or PodMonitor selects among the rendered objects."""

from __future__ import annotations

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import get, items, mapping, selects, strings
from chartgen.rules.base import ScenarioContext
from chartgen.rules.lookup import Pods, namespace


def is_judged(obj: RenderedObject, ctx: ScenarioContext) -> bool:
    """Whether a monitor looks into the release's own namespace, and there only."""
    wanted = mapping(obj.body, "spec", "namespaceSelector")
    if wanted.get("any") is True:
        return False
    release = ctx.chart.options.namespace
    names = items(wanted, "matchNames")
    return names == [release] if names else namespace(obj, ctx) == release


def services_of_monitor(obj: RenderedObject, ctx: ScenarioContext) -> tuple[RenderedObject, ...]:
    """The rendered Services a ServiceMonitor selects in the release's namespace."""
    selector = get(obj.body, "spec", "selector")
    release = ctx.chart.options.namespace
    return tuple(
        service
        for service in ctx.of_kind("Service")
        if namespace(service, ctx) == release and selects(selector, strings(service.labels))
    )


def services_anywhere(obj: RenderedObject, ctx: ScenarioContext) -> tuple[RenderedObject, ...]:
    """The rendered Services a ServiceMonitor selects in the namespaces that it names, or in any."""
    wanted = mapping(obj.body, "spec", "namespaceSelector")
    names = [] if wanted.get("any") is True else items(wanted, "matchNames")
    selector = mapping(obj.body, "spec", "selector")
    return tuple(
        service
        for service in ctx.of_kind("Service")
        if (not names or namespace(service, ctx) in names) and selects(selector, strings(service.labels))
    )


def pods_of_monitor(obj: RenderedObject, ctx: ScenarioContext) -> Pods:
    """The rendered workloads whose pods a PodMonitor selects in the release's namespace."""
    selector = get(obj.body, "spec", "selector")
    release = ctx.chart.options.namespace
    return tuple(
        (workload, pod)
        for workload, pod in ctx.pods
        if namespace(workload, ctx) == release and selects(selector, pod.labels)
    )
