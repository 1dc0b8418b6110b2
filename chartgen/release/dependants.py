"""Has charts take in the new versions of the local charts that they depend on (``file://``)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from chartgen.fielddata import CannotEdit
from chartgen.release.chartyaml import data_of
from chartgen.release.dependencies import dependencies, with_dependency, with_lock
from chartgen.release.order import DESCRIPTIONS, Member
from chartgen.release.workspace import Workspace


def take_in(work: Workspace, member: Member, raised: Mapping[str, str], everything: Mapping[str, Member]) -> list[str]:
    """Edit the dependencies of a chart and their lock; notes say what could not be.

    ``raised`` are the versions that charts have now, by folder.
    """
    notes: list[str] = []
    for folder in sorted(member.takes_in & set(raised)):
        name = everything[folder].name
        for file, lock in DESCRIPTIONS.items():
            try:
                notes += _one(work, member, folder, work.join(member.folder, file), lock, name, raised[folder])
            except CannotEdit as reason:
                notes.append(f"its dependency {name} stays as it is in {file}: {reason}")
        notes += _packed(work, member, name)
    return notes


def _one(work: Workspace, member: Member, folder: str, path: str, lock: str, name: str, version: str) -> list[str]:
    text = work.text(path)
    before = data_of(text) if text else {}
    wanted = [
        one
        for one in dependencies(before)
        if one.folder and posixpath.normpath(posixpath.join(member.folder, one.folder)) == (folder or ".")
    ]
    if text is None or not wanted:
        return []
    for one in wanted:
        text = with_dependency(text, one, version)
    work.write(path, text)
    place = work.join(member.folder, lock)
    try:
        locked = work.text(place)
        if locked is not None:
            after = data_of(text)
            work.write(
                place, with_lock(locked, data_of(locked), before=before, after=after, name=name, version=version)
            )
    except CannotEdit as reason:
        return [f"{lock} stays as it is: {reason}"]
    return []


def _packed(work: Workspace, member: Member, name: str) -> list[str]:
    """What is to be said of a package of a dependency that lies in ``charts/``: it is that of before."""
    folder = work.root / member.folder / "charts"
    packed = sorted(one.name for one in folder.glob(f"{name}-*.tgz")) if folder.is_dir() else []
    where = member.folder or "."
    return [f"charts/{one} is the one of before: run helm dependency update {where}" for one in packed]
