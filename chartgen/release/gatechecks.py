"""The single checks of a gate, each about one chart that has changed."""

from __future__ import annotations

from pathlib import Path

from chartgen.changes import Level
from chartgen.chart.model import Chart
from chartgen.findings import Finding, Severity
from chartgen.location import Location, Pointer
from chartgen.release import changelog as changelogs
from chartgen.release.chartyaml import allowance
from chartgen.release.documents import SCHEMA, stale
from chartgen.release.requirement import Requirement
from chartgen.release.versions import Written, allows, following
from chartgen.tuples import NamedTuple
from chartgen.valuesdocs.readme import README
from chartgen.version import compare, is_semver
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError


class Looked(NamedTuple):
    """A chart that is looked at: ``shown`` is its folder as the user names it, ``tip`` a later version of others."""

    shown: str
    chart: Chart
    old: Chart | None
    state: str
    found: Requirement
    tip: str
    folder: Path

    def finding(self, check: str, message: str, where: Location, cure: str = "", *, only_note: bool = False) -> Finding:
        """Something found in the chart."""
        severity = Severity.INFO if only_note else Severity.ERROR
        return Finding(
            check, severity, f"{self.chart.name}: {message}", where, self.chart.name, cure, chart=self.chart.name
        )

    def version_place(self) -> Location:
        """Where Chart.yaml says the version."""
        file = self.chart.display("Chart.yaml")
        try:
            found = read(self.chart.text("Chart.yaml") or "").locate(Pointer(("version",)), file=file)
        except YamlError:
            return Location(file)
        return found._replace(pointer=Pointer(("version",)))


class VersionVerdict(NamedTuple):
    """What is to be said of a chart's version: before, after, and the lowest one that would do."""

    before: str
    after: str
    next: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    allowed: str = ""


def version(looked: Looked) -> VersionVerdict:
    """Whether the version was raised, and by enough. That of a new chart only has to be one."""
    after = str(looked.chart.metadata.get("version", ""))
    before = str(looked.old.metadata.get("version", "")) if looked.old else ""
    where = looked.version_place()
    if not is_semver(after.removeprefix("v")):
        cure = "write three numbers: version: 1.0.0"
        return VersionVerdict(
            before,
            after,
            findings=(looked.finding("version-invalid", f"{after!r} is no semantic version", where, cure),),
        )
    if looked.old is None:
        return VersionVerdict(before, after)
    if looked.state == "renamed":
        return VersionVerdict(before, after, notes=(f"its versions begin anew: it was {looked.old.name!r}",))
    new = Written.parse(after)
    try:
        floor = Written.parse(before)
    except ValueError:
        return VersionVerdict(before, after, notes=(f"its version was {before!r}, with which nothing can be compared",))
    notes: tuple[str, ...] = ()
    if (later := _parsed(looked.tip)) and compare(later.version, floor.version) > 0:
        floor, notes = later, (f"meanwhile it is {looked.tip} there",)
    required = looked.found.level
    lowest = str(following(floor, required))
    granted = allows(floor, new)
    order = compare(new.version, floor.version)
    reasons = f" ({looked.found.because[0]})" if looked.found.because else ""
    below = "which below 1.0.0 is " if not floor.version.major else ""
    needed = f"{required.value}, {below}{lowest}{reasons}"
    if order < 0:
        message = f"the version is {after} and was {floor}"
        return VersionVerdict(
            before, after, lowest, (looked.finding("version-lowered", message, where, f"release {lowest}"),), notes
        )
    if required is Level.NONE:
        return VersionVerdict(before, after, "", (), notes)
    if granted is Level.NONE:
        message = f"the version is still {after}; what has changed requires {needed}"
        return VersionVerdict(
            before, after, lowest, (looked.finding("version-not-raised", message, where, f"release {lowest}"),), notes
        )
    if not granted.at_least(required):
        if reason := _allowed(looked, after):
            return VersionVerdict(before, after, lowest, (), notes, reason)
        message = f"{floor} -> {after} is too small; what has changed requires {needed}"
        cure = f"release {lowest}, or say why nobody is hurt: chartgen bump --set {after} --allow-breaking 'reason'"
        return VersionVerdict(
            before, after, lowest, (looked.finding("version-too-small", message, where, cure),), notes
        )
    if granted.rank > max(required.rank, allows(floor, following(floor, required)).rank):
        notes = (*notes, f"{lowest} would do for what has changed")
    return VersionVerdict(before, after, lowest, (), notes)


def _parsed(text: str) -> Written | None:
    try:
        return Written.parse(text) if text else None
    except ValueError:
        return None


def _allowed(looked: Looked, after: str) -> str:
    """Why a version may break something, as Chart.yaml or the changelog say."""
    if reason := allowance(looked.chart.metadata, after):
        return reason
    return changelogs.allowed(_changelog(looked)[1], after)


def _changelog(looked: Looked) -> tuple[str, str]:
    """The changelog's name and text; the name it would have and ``""`` where there is none."""
    try:
        named = [one for one in sorted(looked.folder.iterdir()) if one.name.lower() == "changelog.md" and one.is_file()]
        return (named[0].name, named[0].read_bytes().decode("utf-8", "replace")) if named else ("CHANGELOG.md", "")
    except OSError:
        return "CHANGELOG.md", ""


def changelog(looked: Looked, demand: str) -> tuple[Finding, ...]:
    """Whether a changelog tells of a version that was raised. ``demand`` is ``required``, ``kept`` or ``off``."""
    after = str(looked.chart.metadata.get("version", ""))
    before = str(looked.old.metadata.get("version", "")) if looked.old else ""
    name, text = _changelog(looked)
    if demand == "off" or after == before or (demand == "kept" and not text) or changelogs.holds(text, after):
        return ()
    where = Location(looked.chart.display(name if text else "Chart.yaml"))
    message = f"{name} does not tell of {after}" if text else f"there is no {name}, and none tells of {after}"
    cure = f"add a heading '## {after}' with what has changed; 'chartgen bump' writes one"
    return (looked.finding("changelog-missing", message, where, cure),)


def documents(looked: Looked, skip: frozenset[str]) -> tuple[Finding, ...]:
    """Whether what was made from values.yaml is still what would be made.

    What was out of date before is no news, and is only noted.
    """
    if {"readme-stale", "schema-stale"} <= skip:
        return ()
    found = []
    before: tuple[str, ...] | None = None
    for path in stale(_with_readme(looked.chart, looked.folder)):
        if before is None:
            before = stale(looked.old) if looked.old else ()
        known = path in before
        check, what, command = _MADE[path]
        message = f"{what} is out of date" + " (it was before)" * known
        where = Location(looked.chart.display(path))
        found.append(looked.finding(check, message, where, f"{command} {looked.shown}", only_note=known))
    return tuple(found)


_MADE = {
    README: ("readme-stale", f"the table of values in {README}", "chartgen docs"),
    SCHEMA: ("schema-stale", SCHEMA, "chartgen schema --values --write"),
}


def _with_readme(chart: Chart, folder: Path) -> Chart:
    """A chart with its README, though ``.helmignore`` may leave it out."""
    place = folder / README
    if README in chart.files or not place.is_file() or place.is_symlink():
        return chart
    return chart._replace(files={**chart.files, README: place.read_bytes()})
