"""What Helm knows about hooks. Source: ``pkg/release/v1/hook.go`` and ``util/manifest_sorter.go``."""

from __future__ import annotations

from chartgen.engine.objects import RenderedObject
from chartgen.location import Pointer

HOOK = "helm.sh/hook"
WEIGHT = "helm.sh/hook-weight"
DELETE = "helm.sh/hook-delete-policy"
OUTPUT = "helm.sh/hook-output-log-policy"

HOOKS = (
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
    "test-success",
)


def annotation(key: str) -> Pointer:
    """Where an annotation of an object stands."""
    return Pointer(("metadata", "annotations", key))


def entries(obj: RenderedObject, key: str) -> tuple[str, ...]:
    """The entries of an annotation that lists several, as Helm reads them: apart at commas, in small letters."""
    value = obj.annotations.get(key)
    return tuple(part.strip().lower() for part in value.split(",")) if isinstance(value, str) else ()


def events(obj: RenderedObject) -> frozenset[str]:
    """When a hook runs; ``test-success`` is ``test``."""
    return frozenset("test" if name == "test-success" else name for name in entries(obj, HOOK))


def weight(obj: RenderedObject) -> int:
    """The weight of a hook; 0 for what Helm cannot read."""
    value = obj.annotations.get(WEIGHT)
    try:
        return int(str(value))
    except ValueError:
        return 0
