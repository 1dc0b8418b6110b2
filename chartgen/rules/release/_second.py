"""The objects of a chart beside those of a second release, which has the longest name there is and is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.rules.base import ScenarioContext

CLUSTER_SCOPED = frozenset(
    {
        "CSIDriver",
        "ClusterIssuer",
        "ClusterPolicy",
        "ClusterRole",
        "ClusterRoleBinding",
        "ClusterSecretStore",
        "GatewayClass",
        "IngressClass",
        "MutatingWebhookConfiguration",
        "Namespace",
        "PersistentVolume",
        "PriorityClass",
        "RuntimeClass",
        "SecurityContextConstraints",
        "StorageClass",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration",
        "VolumeSnapshotClass",
    }
)
"""Kinds whose objects are in no namespace, and whose name a chart may choose."""


def elsewhere(namespace: str) -> str:
    """The namespace of the second release: another one, and no longer, so that names do not get longer by it.

    >>> elsewhere("default")
    'nnnnnnn'
    """
    length = len(namespace)
    return "n" * length if namespace != "n" * length else "m" * length


def pairs(ctx: ScenarioContext) -> Iterator[tuple[RenderedObject, RenderedObject]]:
    """Each object of the default scenario with its twin in the second release.

    Twins stand at the same place of the same template. A template that renders another number of objects for another
    name is left out.
    """
    second = ctx.chart.second_release
    if second is None or ctx.name != "default":
        return
    ours, theirs = _by_template(ctx.objects), _by_template(second.objects)
    for source, objects in ours.items():
        twins = theirs.get(source, [])
        if len(objects) == len(twins):
            yield from ((obj, twin) for obj, twin in zip(objects, twins, strict=True) if obj.kind == twin.kind)


def _by_template(objects: tuple[RenderedObject, ...]) -> dict[str, list[RenderedObject]]:
    found: dict[str, list[RenderedObject]] = {}
    for obj in objects:
        found.setdefault(obj.source, []).append(obj)
    return found
