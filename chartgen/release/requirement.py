"""What the step from one chart to another requires: the judgements of ``diff`` as a policy has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from chartgen.changes import DiffReport, Judged, Level
from chartgen.chart.model import Chart
from chartgen.diff.run import diff
from chartgen.engine.api import Engine
from chartgen.policy.config import ReleaseSettings
from chartgen.release.chartyaml import ALLOWED
from chartgen.release.versions import Written, allows, following
from chartgen.tuples import NamedTuple

AS_BUILT_IN = ReleaseSettings()
"""What releases are held to where no policy file says anything."""


class Requirement(NamedTuple):
    """The level that a step requires, the reasons for it, and what could not be compared.

    ``files`` are those of the package that differ. ``report`` is the comparison behind it, None where it was
    remembered. ``crashed`` says that a bug of ours kept something from being compared.
    """

    level: Level
    because: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    crashed: bool = False
    report: DiffReport | None = None


class Memory(Protocol):
    """Remembers what steps required."""

    def recall(self, old: Chart, new: Chart, held: ReleaseSettings) -> tuple[str, Requirement | None]:
        """The key of a step, and what it required the last time."""
        ...

    def keep(self, key: str, found: Requirement) -> None:
        """Remember what a step required."""
        ...


def requirement(
    old: Chart, new: Chart, *, engine: Engine, held: ReleaseSettings = AS_BUILT_IN, memory: Memory | None = None
) -> Requirement:
    """Compare a release with what is to follow it, as a policy file has it (``held``).

    Where no judgement says anything and yet a file of the package differs, a patch is required. The version itself is
    no difference.
    """
    files = differing(old, new)
    if not files:
        return Requirement(Level.NONE)
    key, known = memory.recall(old, new, held) if memory else ("", None)
    if known is not None:
        return known
    compared = diff(old, new, engine=engine, with_switches=held.switches)
    report = with_levels(_but_the_version(compared), held.levels)
    level = report.required
    because = tuple(_reason(one) for one in report.judged if one.level is level is not Level.NONE)
    if not report.judged:
        level = Level.PATCH
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        because = (f"{files[0]}{more} differ{'' if more else 's'} in the package",)
    found = Requirement(level, because, files, report.unjudged, report.crashed, report)
    if memory and not report.crashed:
        memory.keep(key, found)
    return found


def _reason(one: Judged) -> str:
    return f"{one.message} (only with {one.only_with})" if one.only_with else one.message


_ABOUT_THE_STEP = frozenset(("version-not-raised", "version-went-back", "needless-release"))
"""Judgements of the version itself, which is what is being worked out."""


def _but_the_version(report: DiffReport) -> DiffReport:
    return report._replace(judged=tuple(one for one in report.judged if one.judgement not in _ABOUT_THE_STEP))


def with_levels(report: DiffReport, levels: Mapping[str, Level]) -> DiffReport:
    """A comparison whose judgements ask for what a policy says."""
    if not levels:
        return report
    judged = [one._replace(level=levels.get(one.judgement, one.level)) for one in report.judged]
    return report._replace(judged=tuple(sorted(judged, key=lambda one: one.sort_key)))


def with_versions(report: DiffReport) -> DiffReport:
    """A comparison that also says which version would do, and whether the new chart's does."""
    try:
        old = Written.parse(report.old.version)
    except ValueError:
        return report
    report = report._replace(lowest=str(following(old, report.required)))
    try:
        granted = allows(old, Written.parse(report.new.version))
    except ValueError:
        return report
    return report._replace(enough=granted.at_least(report.required))


def differing(old: Chart, new: Chart) -> tuple[str, ...]:
    """The files of the package that differ, sorted. In Chart.yaml the version and what is about it do not count."""
    paths = sorted({*old.files, *new.files})
    return tuple(
        path
        for path in paths
        if old.files.get(path) != new.files.get(path)
        and not (path == "Chart.yaml" and _described(old) == _described(new))
    )


def _described(chart: Chart) -> dict[str, Any]:
    """Chart.yaml without the version; of a broken one its bytes."""
    if not chart.metadata:
        return {"": chart.files.get("Chart.yaml")}
    found = {key: value for key, value in chart.metadata.items() if key != "version"}
    notes = found.get("annotations")
    if isinstance(notes, dict):
        kept = {key: value for key, value in notes.items() if key not in _ABOUT_THE_VERSION}
        found = {**found, "annotations": kept} if kept else {k: v for k, v in found.items() if k != "annotations"}
    return found


_ABOUT_THE_VERSION = ("artifacthub.io/changes", "artifacthub.io/prerelease", ALLOWED)
