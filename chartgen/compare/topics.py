"""What a field of an object is about: each field of the kinds that charts render belongs to one topic."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from chartgen.kube.access import WORKLOADS

_POD_AT: Final[dict[str, str]] = {
    "Pod": "",
    "CronJob": "spec.jobTemplate.spec.template.",
    **dict.fromkeys(WORKLOADS - {"Pod", "CronJob"}, "spec.template."),
}
_CONTAINER = r"spec\.(?:initContainers|containers)\[\]\."

_POD: Final[tuple[tuple[str, str], ...]] = (
    (r"metadata\.labels", "labels"),
    (r"metadata\.annotations", "annotations"),
    (r"spec\.(?:initContainers|containers)(?:\[\])?$", "containers"),
    (_CONTAINER + r"image$", "image"),
    (_CONTAINER + r"imagePullPolicy$", "pull"),
    (_CONTAINER + r"(?:args|command|env|envFrom|workingDir)", "process"),
    (_CONTAINER + r"resources", "resources"),
    (_CONTAINER + r"(?:liveness|readiness|startup)Probe", "probe"),
    (_CONTAINER + r"ports(?:\[\])?\.hostPort$", "host"),
    (_CONTAINER + r"ports", "container-ports"),
    (rf"(?:{_CONTAINER}|spec\.)securityContext", "security"),
    (_CONTAINER + r"volumeMounts|spec\.volumes", "volumes"),
    (
        r"spec\.(?:nodeSelector|affinity|tolerations|topologySpreadConstraints|priorityClassName|runtimeClassName)",
        "scheduling",
    ),
    (r"spec\.(?:hostNetwork|hostPID|hostIPC)", "host"),
    (r"spec\.(?:serviceAccountName|serviceAccount|automountServiceAccountToken)$", "identity"),
    (r"spec\.resources", "resources"),
)
_ANY: Final[tuple[tuple[str, str], ...]] = (
    (r"metadata\.labels", "labels"),
    (r"metadata\.annotations\.helm\.sh/", "helm"),
    (r"metadata\.annotations", "annotations"),
    (r"apiVersion$", "api"),
    (r"metadata\.(?:name|namespace)$", "name"),
)
_KINDS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "Service": (
        (r"spec\.type$", "type"),
        (r"spec\.ports", "ports"),
        (r"spec\.selector", "selector"),
        (r"spec\.(?:clusterIPs?|ipFamilies|loadBalancerClass|healthCheckNodePort)", "immutable"),
    ),
    "CronJob": ((r"spec\.suspend$", "replicas"),),
    "HorizontalPodAutoscaler": ((r"spec\.(?:min|max)Replicas$", "replicas"),),
    "ServiceAccount": ((r"automountServiceAccountToken$", "identity"),),
    "PersistentVolumeClaim": ((r"spec", "claim"),),
    **dict.fromkeys(("ConfigMap", "Secret"), ((r"(?:data|binaryData)", "data"), (r"type$", "immutable"))),
    **dict.fromkeys(("Role", "ClusterRole"), ((r"(?:rules|aggregationRule)", "rbac"),)),
    **dict.fromkeys(("RoleBinding", "ClusterRoleBinding"), ((r"subjects", "rbac"), (r"roleRef", "immutable"))),
    **dict.fromkeys(("Ingress", "HTTPRoute", "GRPCRoute", "IngressRoute", "Gateway", "Route"), ((r"spec", "routes"),)),
    **dict.fromkeys(("ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe"), ((r"spec", "monitoring"),)),
    **dict.fromkeys(("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"), ((r"webhooks", "webhooks"),)),
}
_WORKLOAD: Final[tuple[tuple[str, str], ...]] = (
    (r"spec\.replicas$", "replicas"),
    (r"spec\.(?:strategy|updateStrategy|minReadySeconds)", "strategy"),
    (r"spec\.selector", "selector"),
    (r"spec\.serviceName$", "service-name"),
    (r"spec\.volumeClaimTemplates", "claim-templates"),
)


def topic(kind: str, path: tuple[str, ...]) -> str:
    """What a field is about, ``other`` when it is nothing of this list."""
    return _topic(kind, re.sub(r"\.?\[[^\]]*\]", "[]", ".".join(path)))


@lru_cache(maxsize=4096)
def _topic(kind: str, place: str) -> str:
    prefix = _POD_AT.get(kind)
    if prefix is not None and place.startswith(prefix):
        inner = place.removeprefix(prefix)
        for pattern, name in _POD:
            if re.match(pattern, inner):
                return name
        if prefix:
            return "pod"
    for pattern, name in (*_ANY, *_KINDS.get(kind, ()), *(_WORKLOAD if kind in WORKLOADS else ())):
        if re.match(pattern, place):
            return name
    return "other"


def in_pod(kind: str, path: tuple[str, ...]) -> bool:
    """Whether a field is one of a workload's pod template, so that a change of it replaces the pods."""
    prefix = _POD_AT.get(kind, "")
    return prefix != "" and ".".join(path).startswith(prefix)
