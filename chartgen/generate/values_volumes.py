"""The settings of a workload's persistent volumes."""

from __future__ import annotations

from chartgen.generate import schema as s
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import WorkloadView
from chartgen.generate.volumes import VolumeView

SIZE = {"type": "string", "pattern": "^[0-9]+([.][0-9]+)?([kMGTPE]i?|Ki)?$"}

ACCESS = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": {"enum": ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]},
}

RETENTION = {"enum": ["Retain", "Delete"]}


def volume_blocks(w: WorkloadView) -> tuple[Node, ...]:
    """``persistence``, and for the claims of a StatefulSet what becomes of them."""
    kept = [view for view in w.volumes if view.volume.persistent]
    blocks: list[Node] = []
    if kept:
        blocks.append(Block("persistence", tuple(_block(view) for view in kept), "Persistent volumes of the pods."))
    if any(view.templated for view in kept):
        blocks.append(
            Block(
                "persistentVolumeClaimRetentionPolicy",
                (
                    Key("whenDeleted", "Retain", "What becomes of the claims of a deleted StatefulSet", RETENTION,
                        ci={"minimal": "Delete"}),
                    Key("whenScaled", "Retain", "What becomes of the claims of pods that are scaled away", RETENTION),
                ),
            )
        )  # fmt: skip
    return tuple(blocks)


def _block(view: VolumeView) -> Block:
    volume = view.volume
    enabled = Key(
        "enabled",
        True,
        f"Keep what is in {volume.path}; without it the volume is lost with the pod",
        s.BOOLEAN,
        ci={"minimal": False},
    )
    if not view.made:
        existing = Key("existingClaim", volume.claim, "Name of the existing claim", s.NAME)
        return Block(view.key, (enabled, existing))
    fixed = "; it cannot be changed later" if view.templated else ""
    keys = [
        enabled,
        Key("size", volume.size, f"Size of the {'claim of each pod' if view.templated else 'claim'}{fixed}", SIZE),
        Key("storageClass", volume.storage_class, f"Storage class; that of the cluster if empty{fixed}", s.STRING,
            ci={"full": volume.storage_class or "fast"}),
        Key("accessModes", [str(volume.access)], f"Access modes{fixed}", ACCESS),
    ]  # fmt: skip
    if not view.templated:
        keys.append(
            Key("existingClaim", "", "Name of an existing claim to use; the chart creates one if empty", s.STRING,
                ci={"gateway": "existing-claim"})
        )  # fmt: skip
    return Block(view.key, tuple(keys))
