"""What Kubernetes does not let change in an object that exists, in the API server's own words.

``helm upgrade`` patches objects, so a change of such a field ends it with an error; only deleting the object and
creating it anew would do. Sources: ``pkg/apis/*/validation`` and ``pkg/registry/*/strategy.go`` of Kubernetes 1.34.
"""

from __future__ import annotations

from typing import Final

from chartgen.absent import ABSENT
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.kube.access import get
from chartgen.kube.quantity import parse
from chartgen.tuples import NamedTuple

_IMMUTABLE: Final = "field is immutable"
_STATEFUL: Final = "updates to statefulset spec for fields other than 'replicas', 'template', ... are forbidden"
_FREE_IN_STATEFUL_SET: Final = frozenset(
    (
        "replicas",
        "ordinals",
        "template",
        "updateStrategy",
        "revisionHistoryLimit",
        "persistentVolumeClaimRetentionPolicy",
        "minReadySeconds",
    )
)
_FREE_IN_POD: Final = frozenset(("image", "activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds"))
_CLAIM: Final = (
    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"
)

_FIELDS: Final[dict[str, tuple[tuple[tuple[str, ...], str], ...]]] = {
    **dict.fromkeys(("Deployment", "DaemonSet", "ReplicaSet"), ((("spec", "selector"), _IMMUTABLE),)),
    "Job": tuple(
        (("spec", name), _IMMUTABLE)
        for name in (
            "template",
            "selector",
            "completionMode",
            "completions",
            "podFailurePolicy",
            "successPolicy",
            "backoffLimitPerIndex",
            "managedBy",
        )
    ),
    **dict.fromkeys(("RoleBinding", "ClusterRoleBinding"), ((("roleRef",), "cannot change roleRef"),)),
    "Secret": ((("type",), _IMMUTABLE),),
    "StorageClass": tuple(
        ((name,), f"updates to {name} are forbidden")
        for name in ("provisioner", "parameters", "reclaimPolicy", "volumeBindingMode")
    ),
    "IngressClass": ((("spec", "controller"), _IMMUTABLE),),
    "PriorityClass": tuple(((name,), "may not be changed in an update") for name in ("value", "preemptionPolicy")),
    "RuntimeClass": ((("handler",), _IMMUTABLE),),
    "CSIDriver": ((("spec", "attachRequired"), _IMMUTABLE), (("spec", "volumeLifecycleModes"), _IMMUTABLE)),
    "PersistentVolume": tuple(
        (("spec", name), "spec.persistentvolumesource is immutable after creation")
        for name in ("nfs", "hostPath", "csi", "local", "azureDisk", "azureFile", "cephfs", "iscsi", "fc", "rbd")
    ),
    "Service": (
        (("spec", "loadBalancerClass"), "may not change once set"),
        (("spec", "healthCheckNodePort"), _IMMUTABLE),
    ),
}


class Refused(NamedTuple):
    """A change that the API server refuses, and what it says."""

    change: FieldChange
    words: str


def refused(pair: ObjectPair) -> tuple[Refused, ...]:
    """The changes of an object that cannot be made while it exists. Hooks are created anew and have none."""
    if pair.old.kind != pair.new.kind or pair.old.hooks or pair.new.hooks:
        return ()
    return tuple(Refused(change, words) for change in pair.applied if (words := _words(pair, change)))


def _words(pair: ObjectPair, change: FieldChange) -> str:
    kind = pair.kind
    if kind in ("ConfigMap", "Secret") and change.path[0] in ("data", "binaryData", "immutable"):
        is_fixed = get(pair.old.body, "immutable") is True
        return "field is immutable when `immutable` is set" if is_fixed else ""
    if kind == "StatefulSet":
        return _STATEFUL if change.path[0] == "spec" and change.path[1] not in _FREE_IN_STATEFUL_SET else ""
    if kind == "PersistentVolumeClaim":
        return _claim(change)
    if kind == "Service" and (words := _service(change)):
        return words
    if kind == "Pod":
        fixed = change.path[0] == "spec" and not _FREE_IN_POD & set(change.path)
        return "pod updates may not change fields other than `spec.containers[*].image`" if fixed else ""
    if kind == "Job" and get(pair.old.body, "spec", "suspend") is True:
        return ""
    return next((words for path, words in _FIELDS.get(kind, ()) if change.under(*path) and _counts(kind, change)), "")


def _counts(kind: str, change: FieldChange) -> bool:
    """A Service's fields may be set once where they were not."""
    return kind != "Service" or change.before is not ABSENT


def _service(change: FieldChange) -> str:
    if change.path in (("spec", "clusterIP"), ("spec", "clusterIPs")):
        # What is no longer asked for is simply kept: a headless Service stays one.
        return "" if change.after is ABSENT else "may not change once set"
    return (
        "may not change once set" if change.path == ("spec", "ipFamilies", "[0]") and change.after is not ABSENT else ""
    )


def _claim(change: FieldChange) -> str:
    if change.path[0] != "spec" or change.under("spec", "volumeAttributesClassName"):
        return ""
    if not change.under("spec", "resources", "requests"):
        return _CLAIM
    return "" if is_growth(change) else "field can not be less than status.capacity"


def is_growth(change: FieldChange) -> bool:
    """Whether a quantity became larger."""
    before, after = parse(change.before), parse(change.after)
    return before is not None and after is not None and after > before
