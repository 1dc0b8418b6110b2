"""``network``: who may talk to a workload, and whom it may call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.model import Network, Peer, PeerPort


def network(value: bool | Mapping[str, Any], workloads: tuple[str, ...], needs: tuple[str, ...] = ()) -> Network:
    """Who may talk to the workload and whom it may call."""
    if not isinstance(value, Mapping):
        return Network(enabled=value)
    return Network(
        from_=tuple(peer(item, workloads) for item in value.get("from", ())),
        to=tuple(peer(item, workloads, needs) for item in value["to"]) if "to" in value else None,
    )


def peer(value: str | Mapping[str, Any], workloads: tuple[str, ...], needs: tuple[str, ...] = ()) -> Peer:
    """A peer; text is a workload or a need of this spec, ``namespace:NAME``, a CIDR, or else another application."""
    if not isinstance(value, str):
        return Peer(
            value.get("workload", ""),
            value.get("app", ""),
            value.get("namespace", ""),
            value.get("cidr", ""),
            tuple(value.get("except", ())),
            tuple(map(peer_port, value.get("ports", ()))),
            value.get("need", ""),
        )
    if value in workloads:
        return Peer(workload=value)
    if value in needs:
        return Peer(need=value)
    if value.startswith("namespace:"):
        return Peer(namespace=value.removeprefix("namespace:"))
    return Peer(cidr=value) if "/" in value else Peer(app=value)


def peer_port(value: int | str) -> PeerPort:
    """A port, or a range of them: ``5432``, ``53/UDP``, ``8000-8100``."""
    numbers, _, protocol = str(value if isinstance(value, str) else int(value)).partition("/")
    first, _, last = numbers.partition("-")
    return PeerPort(int(first), int(last or first), protocol or "TCP")
