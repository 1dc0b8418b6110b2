"""``chartgen gate``: whether each chart of a repository that has changed may be released as it is."""

from __future__ import annotations

import os
import posixpath
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from chartgen.changes import Level
from chartgen.chart.git import base, commit, contents
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.chart.since import Changes, taken_in
from chartgen.chart.snapshot import Snapshot
from chartgen.engine.api import Engine
from chartgen.errors import ChartgenError
from chartgen.findings import Finding, Severity
from chartgen.gates import CHECKS, Gated, GateReport
from chartgen.location import Location
from chartgen.policy.config import ReleaseSettings
from chartgen.release import gatechecks
from chartgen.release.last import find
from chartgen.release.requirement import Memory, Requirement, requirement
from chartgen.release.source import released
from chartgen.release.vendored import State, comparable
from chartgen.tuples import NamedTuple


class Settings(NamedTuple):
    """What a gate looks at: ``skip`` names checks that it does not make."""

    release: Callable[[str], ReleaseSettings] = lambda folder: ReleaseSettings()
    skip: frozenset[str] = frozenset()


class Pair(NamedTuple):
    """A chart that has changed, before and after, with what both depend on, and where it is and was.

    Either may be missing, or unreadable.
    """

    folder: str
    shown: str
    new: Chart | None
    old: Chart | None
    was: str | None = None
    error: ChartgenError | None = None
    old_error: ChartgenError | None = None


Lint = Callable[[Sequence[Pair]], Mapping[str, tuple[Finding, ...]]]
"""Gives what linting finds in each new chart that it did not find in the old one, by the folder of the new one."""


def gate(
    root: Path,
    folders: Iterable[str],
    *,
    named: Sequence[str],
    against: str,
    engine: Engine,
    settings: Settings,
    lint: Lint | None = None,
    memory: Memory | None = None,
) -> GateReport:
    """Judge the charts in some folders that have changed since a commit, and those that take in one that has.

    Charts that were in a ``named`` folder, from the root, and are gone are told.

    Raises CannotDo where there is no such commit, or what is at hand does not reach back to it.
    """
    base_commit = base(root, against)
    snapshot = Snapshot(root, base_commit)
    changes = Changes(root, base_commit)
    folders = tuple(folders)
    touched = [one for one in folders if any(changes.touch(place) for place in taken_in(root / one))]
    shown = {one: _shown(root, one) for one in touched}
    was = {one: _was(root, snapshot, one) for one in touched}
    snapshot.load_charts({place for place in was.values() if place is not None})
    pairs = [_pair(root, snapshot, one, shown[one], was[one]) for one in touched]
    tips = _tips(root, commit(root, against), base_commit, pairs)
    found = lint(pairs) if lint and "lint-worse" not in settings.skip else {}
    gated = [
        _gated(root, one, tips.get(one.folder, ""), engine, settings, found.get(one.folder, ()), memory)
        for one in pairs
    ]
    crashed = any(requirement.crashed for _, requirement in gated)
    charts = [one for one, requirement in gated if one is not None]
    gone = _removed(root, snapshot, named, pairs)
    charts += gone
    wrong = [one for one in charts if any(finding.rule in _CURED_BY_BUMP for finding in one.findings)]
    where = " ".join(shlex.quote(place) for place in _named(root, [one.folder for one in wrong]))
    return GateReport(
        against,
        base_commit,
        tuple(sorted(charts, key=lambda one: (one.folder, one.state))),
        len(folders) + len(gone),
        f"chartgen bump {where} --against {shlex.quote(against)}" if wrong else "",
        crashed,
        {one.new.display("Chart.yaml"): one.new.text("Chart.yaml") or "" for one in pairs if one.new is not None},
    )


_CURED_BY_BUMP = ("version-not-raised", "version-too-small", "version-lowered")


def _was(root: Path, snapshot: Snapshot, folder: str) -> str | None:
    """The folder a chart was in; the same one when there was a chart of another name in it."""
    try:
        name = metadata((root / folder / "Chart.yaml").read_bytes()).get("name")
    except OSError:
        name = None
    found = find(snapshot, folder, name) if isinstance(name, str) else None
    if found is not None and found != folder and (root / found / "Chart.yaml").is_file():
        # It is still where it was: this one is a copy, and new.
        found = None
    has_one = snapshot.content(f"{folder}/Chart.yaml".lstrip("/")) is not None
    return found if found is not None else folder if has_one else None


def _pair(root: Path, snapshot: Snapshot, folder: str, shown: str, was: str | None) -> Pair:
    new = old = None
    error = old_error = None
    try:
        new = released(root / folder, display=shown)
    except ChartgenError as reason:
        error = reason
    try:
        old = snapshot.chart(was, f"git:{snapshot.commit[:12]}:{was}") if was is not None else None
    except ChartgenError as reason:
        old_error = reason
    if new is not None and old is not None and was is not None:
        old, new = comparable(
            State(old, was, lambda place: snapshot.chart(place, place)),
            State(new, folder, lambda place: released(root / place, display=place)),
        )
    return Pair(folder, shown, new, old, was, error, old_error)


def _tips(root: Path, tip: str, base_commit: str, pairs: Sequence[Pair]) -> dict[str, str]:
    """The versions that charts have where the commit's own history has gone on, which may be above that of the base."""
    if tip == base_commit:
        return {}
    names = {
        f"{tip}:{one.was}/Chart.yaml" if one.was else f"{tip}:Chart.yaml": one for one in pairs if one.was is not None
    }
    found = contents(root, names)
    described = {one.folder: metadata(found[name]) for name, one in names.items() if name in found}
    return {folder: str(data.get("version", "")) for folder, data in described.items()}


def _gated(
    root: Path,
    pair: Pair,
    tip: str,
    engine: Engine,
    settings: Settings,
    worse: tuple[Finding, ...],
    memory: Memory | None,
) -> tuple[Gated | None, Requirement]:
    if pair.new is None or not pair.new.name:
        error = pair.error
        why = error.message if error else "Chart.yaml names no chart"
        place = (error.location if error else None) or Location(f"{pair.shown}/Chart.yaml")
        finding = Finding(
            "chart-unreadable", Severity.ERROR, f"{pair.shown}: {why}", place, pair.shown, error.hint if error else ""
        )
        return Gated(pair.shown, pair.folder, "changed", findings=(finding,)), Requirement(Level.NONE)
    chart = pair.new
    state, origin = _state(pair)
    found = Requirement(Level.NONE)
    notes: list[str] = []
    if pair.old_error is not None:
        notes.append(f"what it was cannot be read: {pair.old_error.message}")
    if pair.old is not None and state != "renamed":
        found = requirement(pair.old, chart, engine=engine, held=settings.release(pair.folder), memory=memory)
        same = pair.old.metadata.get("version") == chart.metadata.get("version")
        if not found.files and same and state == "changed":
            return None, found  # nothing that is packaged differs
    notes += found.unjudged
    looked = gatechecks.Looked(pair.shown, chart, pair.old, state, found, tip, root / pair.folder)
    version = gatechecks.version(looked)
    findings = [*version.findings, *worse, *gatechecks.changelog(looked, settings.release(pair.folder).changelog)]
    if state != "renamed":
        findings += gatechecks.documents(looked, settings.skip)
    return Gated(
        chart.name,
        pair.folder,
        state,
        version.before,
        version.after,
        found.level,
        found.because,
        version.next,
        tuple(one for one in findings if one.rule not in settings.skip),
        (*notes, *version.notes),
        origin,
        version.allowed,
    ), found


def _state(pair: Pair) -> tuple[str, str]:
    """What happened to a chart, and the name or the folder it had."""
    assert pair.new is not None
    if pair.was is None:
        return "new", ""
    if pair.old is not None and pair.old.name != pair.new.name:
        return "renamed", pair.old.name
    return ("moved", pair.was) if pair.was != pair.folder else ("changed", "")


def is_below(folder: str, place: str) -> bool:
    """Whether a folder is a place or is in it; the place ``""`` is the root."""
    return not place or folder == place or folder.startswith(f"{place}/")


def _removed(root: Path, snapshot: Snapshot, named: Sequence[str], pairs: Sequence[Pair]) -> list[Gated]:
    """The charts that are gone, of those that were in the folders that are looked at."""
    moved = {one.was for one in pairs}
    gone = [
        one
        for one in snapshot.charts()
        if one not in moved
        and any(is_below(one, place) for place in named)
        and not (root / one / "Chart.yaml").is_file()
    ]
    described = {one: snapshot.describe(one) for one in gone}
    return [
        Gated(str(data.get("name", folder)), folder, "removed", before=str(data.get("version", "")))
        for folder, data in described.items()
    ]


def _named(root: Path, folders: Sequence[str]) -> Sequence[str]:
    """Some charts as arguments of a command: one by one, and where they are many the folders they are in."""
    if len(folders) > _MOST_NAMED:
        folders = sorted({posixpath.dirname(one) for one in folders})
    return [_shown(root, one) for one in folders]


_MOST_NAMED = 10


def _shown(root: Path, folder: str) -> str:
    """A folder as the user would name it from where he stands."""
    return os.path.relpath(root / folder)


assert set(_CURED_BY_BUMP) <= set(CHECKS)
