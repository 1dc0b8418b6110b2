"""The volumes of a workload as templates and values see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chartgen.generate import names
from chartgen.spec.model import Kind, Storage, Volume, Workload


@dataclass(frozen=True, slots=True)
class VolumeView:
    """A volume; a persistent one is set up under ``persistence.<key>``.

    ``templated`` when every pod of a StatefulSet gets a claim of its own. ``plain`` is what a pod says of a volume that
    no value can change, such as ``{"emptyDir": {}}``.
    """

    volume: Volume
    key: str
    templated: bool
    plain: Mapping[str, object]

    @property
    def name(self) -> str:
        """What it is called in the pod."""
        return self.volume.name

    @property
    def made(self) -> bool:
        """Whether the chart makes its claim."""
        return self.volume.storage is Storage.CLAIM

    @property
    def claimed(self) -> bool:
        """Whether the pod names a claim, instead of getting its own."""
        return self.volume.persistent and not self.templated


def volume_views(w: Workload) -> tuple[VolumeView, ...]:
    """The volumes of a workload, in order."""
    keys = names.keys(volume.name for volume in w.volumes)
    own = w.kind is Kind.STATEFUL_SET
    return tuple(
        VolumeView(volume, keys[volume.name], own and volume.storage is Storage.CLAIM, _plain(volume))
        for volume in w.volumes
    )


def _plain(volume: Volume) -> dict[str, object]:
    limit = {"sizeLimit": volume.size} if volume.size else {}
    if volume.storage is Storage.TMP:
        return {"emptyDir": limit}
    if volume.storage is Storage.MEMORY:
        return {"emptyDir": {"medium": "Memory", **limit}}
    if volume.storage is Storage.TOKEN:
        token = {"audience": volume.audience, "expirationSeconds": volume.expires, "path": "token"}
        return {"projected": {"sources": [{"serviceAccountToken": token}]}}
    return {}
