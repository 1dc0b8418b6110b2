"""Which containers answer for a Service, which the probe rules need to know."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import CONTROLLERS, Container, PodSpec, items, mapping, text
from chartgen.rules.base import ScenarioContext
from chartgen.rules.lookup import services_of_labels
from chartgen.tuples import NamedTuple

Workloads = Literal["controllers", "pods", "all"]
"""Which objects are judged: those that keep pods running; bare Pods too; Jobs and CronJobs as well."""


class ProbeOptions(NamedTuple):
    """The options of the rules that ask for a probe; each rule's page explains them."""

    scope: Literal["serving", "pod", "all"] = "serving"
    workloads: Workloads = "controllers"
    any_probe: bool = False


def is_among(obj: RenderedObject, workloads: Workloads) -> bool:
    """Whether an object is of the kinds that are judged."""
    return obj.kind in CONTROLLERS or workloads == "all" or (workloads == "pods" and obj.kind == "Pod")


def without(
    probe: str, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext, options: ProbeOptions
) -> Iterator[tuple[Container, RenderedObject | None]]:
    """Each container that lacks a probe it should have, with the Service that sends it requests where one matters."""
    if not is_among(obj, options.workloads):
        return
    main = [container for container in pod.containers if container.role == "main"]
    if options.scope == "serving":
        found: Iterator[tuple[Container, RenderedObject | None]] = iter(serving(obj, pod, ctx))
    elif options.scope == "all":
        found = ((container, None) for container in main)
    else:
        selecting = selecting_services(obj, pod, ctx)
        has_one = any(container.body.get(probe) for container in pod.containers)
        found = ((container, selecting[0]) for container in main[:1] if selecting and not has_one)
    enough = ("startupProbe", "readinessProbe", "livenessProbe") if options.any_probe else (probe,)
    for container, service in found:
        if not any(container.body.get(one) for one in enough):
            yield container, service


def services(obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> tuple[RenderedObject, ...]:
    """The Services that send requests to the pods of a workload, and wait for them to be ready."""
    return tuple(
        service
        for service in selecting_services(obj, pod, ctx)
        if mapping(service.body, "spec").get("publishNotReadyAddresses") is not True
    )


def selecting_services(obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> tuple[RenderedObject, ...]:
    """The Services that send requests to the pods of a workload, whether they wait for them to be ready or not."""
    return tuple(
        service
        for service in services_of_labels(pod.labels, ctx)
        if not service.hooks and (service.namespace or obj.namespace) == (obj.namespace or service.namespace)
    )


def serving(obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[tuple[Container, RenderedObject]]:
    """Each container that a Service sends requests to, with the first such Service.

    A port for metrics alone does not count: a failed scrape is repeated. A pod of one container answers for every
    port, declared or not.
    """
    running = [container for container in pod.containers if container.long_running]
    selecting = services(obj, pod, ctx)
    for container in running:
        for service in selecting:
            ports = [port for port in items(service.body, "spec", "ports") if not _is_for_metrics(port)]
            if any(_answers(container, port) for port in ports) or (len(running) == 1 and ports):
                yield container, service
                break


def _answers(container: Container, port: Mapping[str, Any]) -> bool:
    target = port.get("targetPort") or port.get("port")
    return any(
        target is not None and target in (declared.get("containerPort"), declared.get("name"))
        for declared in container.ports
    )


def _is_for_metrics(port: Any) -> bool:
    names = f"{text(port, 'name')} {text(port, 'targetPort')}"
    return not isinstance(port, dict) or any(word in names for word in ("metrics", "prom", "telemetry", "monitoring"))
