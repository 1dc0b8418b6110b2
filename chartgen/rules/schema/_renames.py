"""Which objects go on as they are under a newer API version: only their apiVersion has to change."""

from __future__ import annotations

from chartgen.engine.objects import RenderedObject
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get, items, mapping
from chartgen.location import Pointer

_UNCHANGED = frozenset(
    {
        "APIService",
        "CSIDriver",
        "CSINode",
        "CSIStorageCapacity",
        "ClusterRole",
        "ClusterRoleBinding",
        "CronJob",
        "IngressClass",
        "Lease",
        "NetworkPolicy",
        "PriorityClass",
        "Role",
        "RoleBinding",
        "RuntimeClass",
        "StorageClass",
        "VolumeAttachment",
    }
)
"""Kinds whose beta and stable versions have the same fields (kubernetes.io, "Deprecated API Migration Guide")."""

_SELECTS = ("matchLabels", "matchExpressions")
_NEEDS_SELECTOR = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"})


def newer_api(obj: RenderedObject, replacement: str) -> Fix | None:
    """The fix that gives an object a newer apiVersion, or None where more than that would have to change."""
    if not replacement or not _is_unchanged(obj):
        return None
    return Fix(f"use {replacement}", (SetField(Pointer(("apiVersion",)), replacement),))


def _is_unchanged(obj: RenderedObject) -> bool:
    if obj.kind in _UNCHANGED:
        return True
    if obj.kind in _NEEDS_SELECTOR:
        return bool(mapping(obj.body, "spec", "selector", "matchLabels"))
    if obj.kind == "PodDisruptionBudget":  # an empty selector means nothing in the old one and everything in the new
        selector = get(obj.body, "spec", "selector")
        return selector is None or any(mapping(selector, key) or items(selector, key) for key in _SELECTS)
    if obj.kind == "HorizontalPodAutoscaler":
        return obj.api_version == "autoscaling/v2beta2"
    if obj.kind.endswith("WebhookConfiguration"):
        webhooks = items(obj.body, "webhooks")
        return all(get(one, "sideEffects") and get(one, "admissionReviewVersions") for one in webhooks)
    return False
