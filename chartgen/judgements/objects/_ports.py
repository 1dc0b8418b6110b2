"""The ports of a Service as its clients know them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple


class Port(NamedTuple):
    """One port: its number and protocol, its name (or ``""``), and where it stands."""

    number: tuple[Any, str]
    name: str
    pointer: Pointer

    @property
    def label(self) -> str:
        """How messages name it: ``80 (http)``, ``53/UDP``."""
        number, protocol = self.number
        shown = str(number) if protocol == "TCP" else f"{number}/{protocol}"
        return f"{shown} ({self.name})" if self.name else shown


def ports(body: Mapping[str, Any]) -> dict[tuple[Any, str], Port]:
    """A Service's ports by number and protocol; none for one that only names another host."""
    found = {}
    for index, port in enumerate(items(body, "spec", "ports")):
        if isinstance(port, dict) and isinstance(port.get("port"), int | str):
            number = (port["port"], text(port, "protocol") or "TCP")
            found[number] = Port(number, text(port, "name"), Pointer(("spec", "ports", index)))
    return found
