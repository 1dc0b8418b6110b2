"""Objects of old API versions in the shape of today's, so that a new ``apiVersion`` alone is no other difference.

Source: kubernetes.io, "Deprecated API Migration Guide".
"""

from __future__ import annotations

from typing import Any, Final

from chartgen.kube.access import CONTROLLERS, get, items

_MOVED: Final = {
    ("extensions", "Deployment"): "apps",
    ("extensions", "DaemonSet"): "apps",
    ("extensions", "ReplicaSet"): "apps",
    ("extensions", "Ingress"): "networking.k8s.io",
    ("extensions", "NetworkPolicy"): "networking.k8s.io",
    ("extensions", "PodSecurityPolicy"): "policy",
}
"""Kinds that went from one group to another, where an object of the old group is read in the new one."""


_SELECTING = frozenset(("extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"))
"""API versions in which a workload without a selector had its pods' labels for one."""


def group_of(api_version: str, kind: str) -> str:
    """The API group in which a kind lives today; ``""`` for the core group."""
    group = api_version.rpartition("/")[0]
    return _MOVED.get((group, kind), group)


def convert(body: dict[str, Any]) -> None:
    """Bring an object into today's shape, in place. Kinds that never changed theirs are left as they are."""
    version = str(body.get("apiVersion"))
    spec = body.get("spec")
    if isinstance(spec, dict) and version in _SELECTING and body.get("kind") in CONTROLLERS:
        labels = get(spec, "template", "metadata", "labels")
        if "selector" not in spec and isinstance(labels, dict):
            spec["selector"] = {"matchLabels": dict(labels)}
    if isinstance(spec, dict) and body.get("kind") == "Ingress":
        if version in ("extensions/v1beta1", "networking.k8s.io/v1beta1"):
            _ingress(spec)
        _class(body, spec)
    elif (
        isinstance(spec, dict) and body.get("kind") == "HorizontalPodAutoscaler" and version.startswith("autoscaling/")
    ):
        _autoscaler(spec)


def _ingress(spec: dict[str, Any]) -> None:
    if "backend" in spec:
        spec["defaultBackend"] = _backend(spec.pop("backend"))
    for rule in items(spec, "rules"):
        for path in items(rule, "http", "paths"):
            if isinstance(path, dict):
                path.setdefault("pathType", "ImplementationSpecific")
                if "backend" in path:
                    path["backend"] = _backend(path["backend"])


def _backend(old: Any) -> Any:
    if not isinstance(old, dict) or "serviceName" not in old:
        return old
    port = old.get("servicePort")
    return {"service": {"name": old["serviceName"], "port": {"name" if isinstance(port, str) else "number": port}}}


def _class(body: dict[str, Any], spec: dict[str, Any]) -> None:
    """The class may stand in an annotation or in a field, and means the same."""
    annotations = get(body, "metadata", "annotations")
    if isinstance(annotations, dict) and "kubernetes.io/ingress.class" in annotations:
        spec.setdefault("ingressClassName", annotations.pop("kubernetes.io/ingress.class"))


def _autoscaler(spec: dict[str, Any]) -> None:
    if "targetCPUUtilizationPercentage" in spec:
        target = {"name": "cpu", "targetAverageUtilization": spec.pop("targetCPUUtilizationPercentage")}
        spec.setdefault("metrics", []).append({"type": "Resource", "resource": target})
    for metric in items(spec, "metrics"):
        resource = get(metric, "resource")
        if isinstance(resource, dict):
            if "targetAverageUtilization" in resource:
                percent = resource.pop("targetAverageUtilization")
                resource["target"] = {"type": "Utilization", "averageUtilization": percent}
            elif "targetAverageValue" in resource:
                resource["target"] = {"type": "AverageValue", "averageValue": resource.pop("targetAverageValue")}
