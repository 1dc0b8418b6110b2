"""The charts of a repository and how they depend on each other, so that what others take in is released first."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from chartgen.chart.limits import DEEPEST_FOLDER
from chartgen.chart.read import metadata
from chartgen.release.dependencies import dependencies
from chartgen.tuples import NamedTuple


class Member(NamedTuple):
    """A chart of a repository: its folder from the root, its name, and the folders of the charts it takes in."""

    folder: str
    name: str
    takes_in: frozenset[str]


def members(root: Path, folders: Iterable[str]) -> dict[str, Member]:
    """The charts in some folders. One whose Chart.yaml cannot be read takes nothing in."""
    found = {}
    for folder in folders:
        described = [_data(root / folder / file) for file in DESCRIPTIONS]
        name = described[0].get("name")
        places = (one.folder for data in described for one in dependencies(data) if one.folder)
        local = {posixpath.normpath(posixpath.join(folder, place)) for place in places}
        found[folder] = Member(
            folder, name if isinstance(name, str) else "", frozenset("" if one == "." else one for one in local)
        )
    return found


DESCRIPTIONS = {"Chart.yaml": "Chart.lock", "requirements.yaml": "requirements.lock"}
"""The files that say what a chart depends on, the second one before Helm 3, and the lock of each."""


def _data(file: Path) -> dict[str, Any]:
    try:
        return metadata(file.read_bytes())
    except OSError:
        return {}


def folders_below(root: Path) -> tuple[str, ...]:
    """The folders of all charts below a root, sorted; a chart's own ``charts/`` and hidden folders apart."""
    found: list[str] = []

    def look(folder: Path, depth: int) -> None:
        if (folder / "Chart.yaml").is_file():
            relative = folder.relative_to(root).as_posix()
            found.append("" if relative == "." else relative)
            return
        if depth < DEEPEST_FOLDER:
            try:
                inside = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.is_symlink())
            except OSError:
                return
            for entry in inside:
                # What is in a repository of its own (a submodule, a clone) is released there.
                if not entry.name.startswith(".") and entry.name != "node_modules" and not (entry / ".git").exists():
                    look(entry, depth + 1)

    look(root, 0)
    return tuple(found)


def with_dependants(named: Iterable[str], all_members: Mapping[str, Member]) -> tuple[str, ...]:
    """Some charts and all that take them in, at any depth; what is taken in comes first, else by folder."""
    wanted = set(named)
    while more := {one.folder for one in all_members.values() if one.takes_in & wanted} - wanted:
        wanted |= more
    return ordered(wanted, all_members)


def ordered(named: Iterable[str], all_members: Mapping[str, Member]) -> tuple[str, ...]:
    """Charts so that each comes after those it takes in. Those that take each other in come by folder."""
    left = sorted(named)
    done: list[str] = []
    while left:
        ready = [one for one in left if not (all_members[one].takes_in & (set(left) - {one}))] or left[:1]
        done += ready
        left = [one for one in left if one not in ready]
    return tuple(done)
