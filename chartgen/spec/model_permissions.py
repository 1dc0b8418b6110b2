"""What pods may do with the cluster's API, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """Verbs on one resource: its plural name with its part (``pods/log``), and its API group (empty: the core).

    ``names`` limits it to certain objects (empty: all); ``cluster`` extends it to all namespaces.
    """

    resource: str
    group: str
    verbs: tuple[str, ...]
    names: tuple[str, ...] = ()
    cluster: bool = False
