"""What objects are to others: who refers to them, what they hold, and what they stop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from chartgen.changes import Level
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.references import sources
from chartgen.engine.objects import RenderedObject
from chartgen.judgements.objects._secrets import is_credential
from chartgen.kube.access import CONTROLLERS, get, items, mapping, pod_spec, replicas, selects, strings, text

_STATE: Final = frozenset(("PersistentVolumeClaim", "PersistentVolume", "Namespace"))
_CREDENTIALS: Final = frozenset(
    ("kubernetes.io/tls", "kubernetes.io/dockerconfigjson", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth")
)
"""Types of Secrets that hold nothing else."""

_NOBODY: Final = frozenset(
    (
        "Role",
        "RoleBinding",
        "ClusterRole",
        "ClusterRoleBinding",
        "PodDisruptionBudget",
        "HorizontalPodAutoscaler",
        "VerticalPodAutoscaler",
        "NetworkPolicy",
        "CiliumNetworkPolicy",
        "PodSecurityPolicy",
        "SecurityContextConstraints",
        "ServiceMonitor",
        "PodMonitor",
        "PrometheusRule",
        "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
        "APIService",
        "Job",
        "Pod",
        "ResourceQuota",
        "LimitRange",
        "Endpoints",
        "EndpointSlice",
        "Lease",
    )
)
"""Kinds that work by themselves: nothing refers to one of them by name."""

_STAYS: Final = frozenset(("ServiceMonitor", "PodMonitor", "PrometheusRule"))
"""Kinds to which nothing refers by name, but whose absence is felt: metrics and alerts are gone."""


def is_referred_to(obj: RenderedObject) -> bool:
    """Whether others refer to an object of this kind by its name."""
    return obj.kind not in _NOBODY


def is_state(obj: RenderedObject) -> bool:
    """Whether an object holds what cannot be made again: data, or credentials. A Secret may hold mere configuration."""
    if obj.kind != "Secret":
        return obj.kind in _STATE
    entries = {**mapping(obj.body, "stringData"), **mapping(obj.body, "data")}
    typed = text(obj.body, "type") in _CREDENTIALS
    return typed or any(is_credential(key, value) for key, value in entries.items())


def is_kept(obj: RenderedObject) -> bool:
    """Whether Helm leaves an object in the cluster when its chart no longer has it."""
    return str(obj.annotations.get("helm.sh/resource-policy", "")).strip().lower() == "keep"


def removal(obj: RenderedObject, scenario: ScenarioComparison) -> Level:
    """How large a step the removal of an object asks for."""
    if is_kept(obj):
        return Level.PATCH
    if obj.kind in _STAYS:
        return Level.MAJOR
    if not is_referred_to(obj) or (obj.kind in ("ConfigMap", "Secret") and is_own(obj, scenario.old.parsed.objects)):
        return Level.MINOR
    return Level.MAJOR


def is_own(obj: RenderedObject, objects: Iterable[RenderedObject]) -> bool:
    """Whether pods of the same chart read a ConfigMap or Secret: then hardly anybody else does."""
    return any((obj.kind, obj.name) in sources(one) for one in objects)


def is_restriction(obj: RenderedObject, objects: Iterable[RenderedObject]) -> bool:
    """Whether an object stops something that went through without it."""
    if obj.kind == "PodDisruptionBudget":
        return _allows_nothing(obj, objects)
    if obj.kind in ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"):
        return any(get(hook, "failurePolicy") in (None, "Fail") for hook in items(obj.body, "webhooks"))
    return obj.kind in _RESTRICTS


_RESTRICTS: Final = {
    "NetworkPolicy": "cuts off all traffic that it does not name",
    "CiliumNetworkPolicy": "cuts off all traffic that it does not name",
    "ResourceQuota": "refuses what goes beyond it",
    "LimitRange": "refuses what does not fit in it",
    "ValidatingAdmissionPolicyBinding": "refuses what does not comply",
    "PodDisruptionBudget": "allows no disruption, so that nodes cannot be drained",
    "MutatingWebhookConfiguration": "stops writes while its webhook does not answer",
    "ValidatingWebhookConfiguration": "stops writes while its webhook does not answer",
}


def restricts(obj: RenderedObject) -> str:
    """What an object of a restricting kind does, as the end of a sentence."""
    return _RESTRICTS.get(obj.kind, "restricts others")


def _allows_nothing(obj: RenderedObject, objects: Iterable[RenderedObject]) -> bool:
    at_most, at_least = get(obj.body, "spec", "maxUnavailable"), get(obj.body, "spec", "minAvailable")
    if at_most in (0, "0", "0%") or at_least == "100%":
        return True
    if not isinstance(at_least, int) or isinstance(at_least, bool):
        return False
    objects, selector = tuple(objects), mapping(obj.body, "spec", "selector")
    counts = [_least(one, objects) for one in objects if one.kind in CONTROLLERS and _is_selected(one, selector)]
    return bool(counts) and None not in counts and sum(filter(None, counts)) <= at_least


def _is_selected(obj: RenderedObject, selector: Mapping[str, Any]) -> bool:
    pod = pod_spec(obj.kind, obj.body)
    return pod is not None and selects(selector, strings(pod.labels))


def _least(obj: RenderedObject, objects: Iterable[RenderedObject]) -> int | None:
    """How many pods a workload has at least: an autoscaler's ``minReplicas``, where one looks after it."""
    for one in objects:
        target = mapping(one.body, "spec", "scaleTargetRef")
        if one.kind == "HorizontalPodAutoscaler" and (target.get("kind"), target.get("name")) == (obj.kind, obj.name):
            least = get(one.body, "spec", "minReplicas")
            return least if isinstance(least, int) else 1
    return replicas(obj.body)
