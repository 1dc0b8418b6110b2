"""Volumes: from a size or an object to what is mounted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chartgen.spec.model_volumes import Access, Storage, Volume
from chartgen.spec.units import number, seconds

KINDS = tuple(Storage)
"""The keys of which a volume has one."""


def volumes(value: Mapping[str, Any]) -> tuple[Volume, ...]:
    """The volumes of a workload, in order."""
    taken = {given["name"] for given in value.values() if isinstance(given, Mapping) and "name" in given}
    result = []
    for path, given in value.items():
        made = given if isinstance(given, Mapping) else {"size": given}
        name = made.get("name") or ("tmp" if path == "/tmp" else _name(path, taken))
        taken.add(name)
        result.append(_volume(path, name, made))
    return tuple(result)


def reserved(name: str) -> bool:
    """Whether the chart has volumes of that name itself: /tmp, and the files it mounts."""
    return name == "tmp" or re.fullmatch("files(-[0-9]+)?", name) is not None


def _volume(path: str, name: str, given: Mapping[str, Any]) -> Volume:
    storage = next((kind for kind in KINDS if kind in given), Storage.TMP)
    size = given.get(storage) if storage in (Storage.CLAIM, Storage.TMP, Storage.MEMORY) else None
    return Volume(
        path=path,
        name=name,
        storage=storage,
        size="" if size is None or isinstance(size, bool) else number(size),
        storage_class=given.get("class", ""),
        access=Access(given.get("access", Access.ONE_NODE)),
        claim=given.get("existing", ""),
        audience=given.get("token", ""),
        expires=seconds(given.get("expires", 3600)),
        read_only=given.get("readOnly", storage is Storage.TOKEN or given.get("access") == Access.READERS),
    )


def _name(path: str, taken: set[str]) -> str:
    """The last part of a path as a name, with more of the path, or a number, where that is taken."""
    parts = [re.sub("[^a-z0-9]+", "-", part.lower()).strip("-") or "volume" for part in path.strip("/").split("/")]
    for count in range(1, len(parts) + 1):
        name = "-".join(parts[-count:])[-32:].strip("-")
        name = name if name[:1].isalpha() else f"volume-{name}"
        if name not in taken and not reserved(name):
            return name
    number = 2
    while f"volume-{number}" in taken:
        number += 1
    return f"volume-{number}"
