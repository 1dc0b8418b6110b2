"""Who belongs to whom in one scenario: the pods a Service selects, the Services a monitor selects.

Charts also talk to what others run, so a thing that is not rendered is not missing for that alone; ``pods_are_known``
and ``belongs_here`` say when it must be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import PodSpec, items, mapping, selects, service_selects, text
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ScenarioContext
from chartgen.rules.selecting import ByLabels, BySelector

Pods = tuple[tuple[RenderedObject, PodSpec], ...]

_NO_PODS = frozenset(
    {
        "cert-manager.io",
        "external-secrets.io",
        "gateway.envoyproxy.io",
        "gateway.networking.k8s.io",
        "keda.sh",
        "kyverno.io",
        "monitoring.coreos.com",
        "networking.istio.io",
        "security.istio.io",
        "snapshot.storage.k8s.io",
        "telemetry.istio.io",
        "traefik.containo.us",
        "traefik.io",
        "vpa.autoscaling.k8s.io",
    }
)
"""API groups beyond Kubernetes' own whose objects run no pods, but for the kinds in ``_PODS``."""

_PODS = frozenset({"Alertmanager", "Gateway", "Prometheus", "PrometheusAgent", "ScaledJob", "ThanosRuler"})


def namespace(obj: RenderedObject, ctx: ScenarioContext) -> str:
    """The namespace an object will be in."""
    return obj.namespace or ctx.chart.options.namespace


def pods_are_known(ctx: ScenarioContext) -> bool:
    """Whether all pods of the release are rendered: there are some, and no operator will make others."""
    return bool(ctx.pods) and not operators_act(ctx)


def operators_act(ctx: ScenarioContext) -> bool:
    """Whether objects are rendered for which operators may make pods, and Services and Secrets with them."""
    key, memory = ("operators act", ctx.name), ctx.chart.memory
    if key not in memory:
        memory[key] = any(_may_run_pods(obj) for obj in ctx.objects)
    return bool(memory[key])


def _may_run_pods(obj: RenderedObject) -> bool:
    group = obj.api_version.rpartition("/")[0]
    if "." not in group or (group.endswith(".k8s.io") and group not in _NO_PODS):
        return False
    return group not in _NO_PODS or obj.kind in _PODS


def belongs_here(obj: RenderedObject, ctx: ScenarioContext) -> bool:
    """Whether an object is in the release's own namespace, where the release's pods are."""
    return namespace(obj, ctx) == ctx.chart.options.namespace


def is_own(name: str, ctx: ScenarioContext) -> bool:
    """Whether a name is built from the release's, so that hardly anybody else will make an object of it.

    The release's name stands in it as a whole: a release ``web`` has ``web-tls`` and not ``webhook``.
    """
    return f".{ctx.chart.options.release}.".replace(".", "-") in f".{name}.".replace(".", "-")


def find(kind: str, name: str, where: str, ctx: ScenarioContext) -> RenderedObject | None:
    """The rendered object of a kind with a name, in a namespace; ``""`` stands for any."""
    key, memory = ("by name", ctx.name), ctx.chart.memory
    if key not in memory:
        memory[key] = {}
        for obj in ctx.objects:
            memory[key].setdefault((obj.kind, obj.name), []).append(obj)
    found: list[RenderedObject] = memory[key].get((kind, name), [])
    return next((obj for obj in found if not where or namespace(obj, ctx) == where), None)


def pods_of_service(service: RenderedObject, ctx: ScenarioContext) -> Pods:
    """The rendered workloads whose pods a Service selects."""
    where = namespace(service, ctx)
    return tuple(
        (obj, pod)
        for obj, pod in _pods_by_labels(ctx).that_may_have(mapping(service.body, "spec", "selector"))
        if namespace(obj, ctx) == where and service_selects(service.body, pod.labels)
    )


def services_of_labels(labels: Mapping[str, str], ctx: ScenarioContext) -> list[RenderedObject]:
    """The rendered Services, of any namespace, that select pods with some labels."""
    key, memory = ("services by selector", ctx.name), ctx.chart.memory
    if key not in memory:
        memory[key] = BySelector((one, mapping(one.body, "spec", "selector")) for one in ctx.of_kind("Service"))
    index: BySelector[RenderedObject] = memory[key]
    return [one for one in index.that_may_select(labels) if service_selects(one.body, labels)]


def _pods_by_labels(ctx: ScenarioContext) -> ByLabels[tuple[RenderedObject, PodSpec]]:
    key, memory = ("pods by labels", ctx.name), ctx.chart.memory
    if key not in memory:
        memory[key] = ByLabels((one, one[1].labels) for one in ctx.pods)
    index: ByLabels[tuple[RenderedObject, PodSpec]] = memory[key]
    return index


def pods_of_selector(selector: Any, where: str, ctx: ScenarioContext) -> Pods:
    """The rendered workloads in a namespace whose pods a LabelSelector selects."""
    found = _pods_by_labels(ctx).that_may_have(mapping(selector, "matchLabels"))
    return tuple((obj, pod) for obj, pod in found if namespace(obj, ctx) == where and selects(selector, pod.labels))


def service_ports(service: RenderedObject) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    """The ports of a Service with their places."""
    for index, port in enumerate(items(service.body, "spec", "ports")):
        if isinstance(port, dict):
            yield Pointer(("spec", "ports", index)), port


def port_names(pod: PodSpec) -> frozenset[str]:
    """The names of all ports the containers of a pod declare."""
    return frozenset(text(port, "name") for container in pod.containers for port in container.ports) - {""}


def port_numbers(pod: PodSpec) -> frozenset[int]:
    """The numbers of all ports the containers of a pod declare."""
    numbers = (port.get("containerPort") for container in pod.containers for port in container.ports)
    return frozenset(number for number in numbers if isinstance(number, int))


def is_headless(service: RenderedObject) -> bool:
    """Whether a Service has no address of its own."""
    return mapping(service.body, "spec").get("clusterIP") == "None"


def listed(refs: Iterable[str]) -> str:
    """References for a message: the first two, and how many more there are."""
    all_refs = list(refs)
    more = f" and {len(all_refs) - 2} more" if len(all_refs) > 2 else ""
    return ", ".join(all_refs[:2]) + more


def named(names: frozenset[str] | tuple[str, ...]) -> str:
    """Names for a message: ``'a', 'b'``, or ``none``."""
    return ", ".join(repr(name) for name in sorted(names)) or "none"


def is_given_as_value(obj: RenderedObject, ctx: ChartContext | ScenarioContext) -> bool:
    """Whether a user gave an object whole, as a value: its template does not say its kind."""
    chart = ctx.chart if isinstance(ctx, ScenarioContext) else ctx
    return "kind:" not in (chart.chart.text(obj.source) or "kind:")
