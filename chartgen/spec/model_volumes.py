"""The volumes of a workload, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Storage(StrEnum):
    """What a volume is; the words are those of the spec."""

    CLAIM = "size"
    EXISTING = "existing"
    TMP = "tmp"
    MEMORY = "memory"
    TOKEN = "token"


class Access(StrEnum):
    """Who may use a claim at the same time."""

    ONE_NODE = "ReadWriteOnce"
    ONE_POD = "ReadWriteOncePod"
    READERS = "ReadOnlyMany"
    MANY = "ReadWriteMany"

    @property
    def single(self) -> bool:
        """Whether it keeps a workload to one node or pod."""
        return self in (Access.ONE_NODE, Access.ONE_POD)


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume at a ``path``, called ``name`` in the pod.

    ``size`` is a quantity: of a claim, or the most that scratch space may take (empty: no limit). ``storage_class`` may
    be empty for the cluster's own. ``claim`` is the name of an existing one. A token is for an ``audience`` and valid
    for ``expires`` seconds.
    """

    path: str
    name: str
    storage: Storage
    size: str = ""
    storage_class: str = ""
    access: Access = Access.ONE_NODE
    claim: str = ""
    audience: str = ""
    expires: int = 3600
    read_only: bool = False

    @property
    def persistent(self) -> bool:
        """Whether it is a claim, and outlives its pods."""
        return self.storage in (Storage.CLAIM, Storage.EXISTING)
