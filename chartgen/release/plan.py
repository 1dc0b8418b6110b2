"""Which version a chart is to have: from what is asked and what is required to a plan. Pure."""

from __future__ import annotations

import re

from chartgen.changes import Level
from chartgen.errors import CannotDo, InvalidInput, Problem
from chartgen.location import Location
from chartgen.release.versions import Written, allows, following, pre_release, raised
from chartgen.tuples import NamedTuple
from chartgen.version import compare, is_semver


class Wanted(NamedTuple):
    """What the user asks for: a part to raise (``None``: as much as is required), a pre-release, or a version."""

    part: Level | None = None
    pre: str = ""
    version: str = ""
    allow_breaking: str = ""


AUTO = Wanted()
"""As much as is required."""


class VersionPlan(NamedTuple):
    """What is to become of a chart's version.

    ``released`` is the last release, ``""`` when there is none; ``declared`` what stands in Chart.yaml now; ``next``
    what is to stand there, the same when nothing is to be done. ``required`` is the level that the changes since the
    release ask for, ``granted`` the one that the step to ``next`` allows. ``notes`` are for people.
    """

    chart: str
    released: str
    declared: str
    next: str
    required: Level
    granted: Level
    because: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether the next version allows what has changed."""
        return not self.released or self.granted.at_least(self.required)

    @property
    def raises(self) -> bool:
        """Whether the version in Chart.yaml is to be changed."""
        return self.next != self.declared


def plan(
    chart: str,
    *,
    declared: str,
    released: str,
    required: Level,
    wanted: Wanted = AUTO,
    because: tuple[str, ...] = (),
) -> VersionPlan:
    """Work out the next version. Raises CannotDo for what is no version and for one that is not above the last.

    Raises InvalidInput for one that is below what is required; with a reason in ``wanted.allow_breaking`` it passes.
    """
    now = read_version(declared, chart)
    last = read_version(released, chart) if released else None
    target, notes = _target(chart, now, last, required, wanted)
    granted = allows(last, target) if last else Level.MAJOR
    found = VersionPlan(
        chart, released, declared, str(target), required, granted, because, (*notes, *_remarks(last, target, required))
    )
    if last is not None and target != now and compare(target.version, last.version) <= 0:
        raise CannotDo(
            f"{chart}: {target} is not above {last}, the last release",
            hint="build metadata raises no version"
            if target.version == last.version
            else f"the next is {following(last, Level.PATCH)}",
        )
    if not found.enough and not wanted.allow_breaking:
        raise _too_small(found, target, last)
    return found


def _too_small(found: VersionPlan, target: Written, last: Written | None) -> InvalidInput:
    assert last is not None
    reasons = f" ({found.because[0]})" if found.because else ""
    what = f"what has changed since {last}, which requires {found.required.value}{reasons}"
    message = f"{found.chart}: {target} is below {what}"
    hint = f"release {following(last, found.required)}, or say why nobody is hurt: --allow-breaking 'reason'"
    return InvalidInput((Problem(message, Location(), hint, "version-too-small"),))


def read_version(text: str, chart: str) -> Written:
    """A chart's version. Raises CannotDo for what is none."""
    try:
        return Written.parse(text)
    except ValueError:
        said = f"the version {text!r} is not a version" if text else "there is no version"
        raise CannotDo(f"{chart}: {said}", hint="write three numbers into Chart.yaml: version: 0.1.0") from None


def _target(
    chart: str, now: Written, last: Written | None, required: Level, wanted: Wanted
) -> tuple[Written, tuple[str, ...]]:
    if wanted.version:
        if not is_semver(wanted.version.removeprefix("v")):
            raise CannotDo(f"{wanted.version!r} is not a version", hint="write it as 2.0.0, or 2.0.0-rc.1")
        return Written.parse(wanted.version), ()
    if wanted.pre and not re.fullmatch(r"[A-Za-z][0-9A-Za-z-]*", wanted.pre):
        raise CannotDo(
            f"{wanted.pre!r} cannot name a pre-release", hint="use letters, as in --pre rc; the number is counted"
        )
    notes: tuple[str, ...] = ()
    if wanted.part is not None:
        final = raised(now, wanted.part)
        if wanted.part is Level.MAJOR and not now.version.major:
            notes = ("below 1.0.0 a minor version plays major's part; --set 1.0.0 leaves 0.x",)
    else:
        final = _required(now, last, required)
    if not wanted.pre:
        return final, notes
    if final == now and not now.is_pre:
        raised_already = last is not None and compare(now.version, last.version) > 0
        why = f"a pre-release of {now}, which stands there already, would be lower" if raised_already else _NOTHING
        return now, (*notes, why)
    candidate = pre_release(final.at(final.version.numbers), wanted.pre, now)
    if compare(candidate.version, now.version) <= 0:
        raise CannotDo(
            f"{chart}: {candidate} is not above {now}", hint=f"go on with --pre {now.version.pre.split('.')[0]}"
        )
    return candidate, notes


_NOTHING = "nothing has changed that would need a pre-release"


def _required(now: Written, last: Written | None, required: Level) -> Written:
    """The lowest final version that is enough: the declared one where it is."""
    final = now.at(now.version.numbers) if now.is_pre else now
    if last is None:
        return final
    if allows(last, final).at_least(required) and (required is Level.NONE or allows(last, final) is not Level.NONE):
        return final
    return max(following(last, required), final, key=lambda one: one.version.numbers)


def _remarks(last: Written | None, target: Written, required: Level) -> tuple[str, ...]:
    if last is None:
        return ("there is no earlier release to compare with",)
    notes = []
    if not last.version.major and target.version.major:
        notes.append(f"{target} leaves 0.x: from now on a breaking change needs a major version")
    elif not last.version.major and required is Level.MAJOR and last.version.minor:
        notes.append("below 1.0.0 a minor version plays major's part")
    lowest = following(last, required)
    over = not target.is_pre and compare(target.version, lowest.version) > 0 and required is not Level.NONE
    if over and allows(last, target).rank > max(required.rank, allows(last, lowest).rank):
        notes.append(f"{lowest} would do for what has changed")
    return tuple(notes)
