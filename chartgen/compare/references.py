"""Which ConfigMaps and Secrets the pods of a workload read, by name."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import get, items, mapping, pod_spec


def sources(obj: RenderedObject) -> frozenset[tuple[str, str]]:
    """``(kind, name)`` of all that a workload's pods mount or take variables from; nothing for other kinds."""
    return frozenset((kind, name) for kind, name in _sources(obj) if isinstance(name, str))


def _sources(obj: RenderedObject) -> Iterator[tuple[str, object]]:
    pod = pod_spec(obj.kind, obj.body)
    if pod is None:
        return
    for volume in items(pod.body, "volumes"):
        yield "ConfigMap", get(volume, "configMap", "name")
        yield "Secret", get(volume, "secret", "secretName")
        for source in items(volume, "projected", "sources"):
            yield "ConfigMap", get(source, "configMap", "name")
            yield "Secret", get(source, "secret", "name")
    for container in pod.containers:
        for entry in items(container.body, "envFrom"):
            yield "ConfigMap", get(entry, "configMapRef", "name")
            yield "Secret", get(entry, "secretRef", "name")
        for entry in items(container.body, "env"):
            value = mapping(entry, "valueFrom")
            yield "ConfigMap", get(value, "configMapKeyRef", "name")
            yield "Secret", get(value, "secretKeyRef", "name")
