"""What the step from one chart to another requires: the judgements of ``diff`` under the levels that a policy sets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from chartgen.changes import DiffReport, Level
from chartgen.chart.model import Chart
from chartgen.diff.run import diff
from chartgen.engine.api import Engine
from chartgen.release.chartyaml import ALLOWED

Levels = Mapping[str, Level]
"""Levels that a policy gives judgements, by their ids."""

NO_LEVELS: Levels = MappingProxyType({})


class Requirement(NamedTuple):
    """The level that a step requires, the reasons for it, the comparison behind it, and what could not be compared."""

    level: Level
    because: tuple[str, ...] = ()
    report: DiffReport | None = None
    files: tuple[str, ...] = ()

    @property
    def unjudged(self) -> tuple[str, ...]:
        """What could not be compared, in sentences."""
        return self.report.unjudged if self.report else ()

    @property
    def crashed(self) -> bool:
        """Whether a bug of ours kept something from being compared."""
        return self.report is not None and self.report.crashed


def requirement(old: Chart, new: Chart, *, engine: Engine, levels: Levels = NO_LEVELS) -> Requirement:
    """Compare a release with what is to follow it.

    Where no judgement asks for anything and yet a file of the package differs, a patch is required; the version itself
    is no difference.
    """
    files = differing(old, new)
    if not files:
        return Requirement(Level.NONE)
    report = with_levels(diff(old, new, engine=engine), levels)
    if report.required is not Level.NONE:
        because = tuple(one.message for one in report.judged if one.level is report.required)
        return Requirement(report.required, because, report, files)
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return Requirement(Level.PATCH, (f"{files[0]}{more} differ{'' if more else 's'} in the package",), report, files)


def with_levels(report: DiffReport, levels: Levels) -> DiffReport:
    """A comparison whose judgements ask for what a policy says."""
    if not levels:
        return report
    judged = [one._replace(level=levels.get(one.judgement, one.level)) for one in report.judged]
    return report._replace(judged=tuple(sorted(judged, key=lambda one: one.sort_key)))


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
