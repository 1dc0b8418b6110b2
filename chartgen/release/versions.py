"""The arithmetic of versions: what a step from one to another allows, and the next one that allows enough.

Levels are those of SemVer 2. Below 1.0.0 a minor version plays major's part, and a patch that of all the rest; below
0.1.0 every version may break everything. That is how Cargo, npm and ``^`` in Helm's own ranges read versions.
"""

from __future__ import annotations

import re

from chartgen.changes import Level
from chartgen.tuples import NamedTuple
from chartgen.version import Version, compare


class Written(NamedTuple):
    """A version as somebody wrote it: ``v1.2.3-rc.1+5`` keeps its ``v`` and its build metadata."""

    version: Version
    prefix: str = ""
    build: str = ""

    @classmethod
    def parse(cls, text: str) -> Written:
        """Read a version leniently, as Helm does. Raises ValueError for what is none."""
        core, _, build = text.partition("+")
        return cls(Version.parse(text), "v" if core.startswith("v") else "", build)

    def __str__(self) -> str:
        return f"{self.prefix}{self.version}" + (f"+{self.build}" if self.build else "")

    @property
    def is_pre(self) -> bool:
        """Whether it is a pre-release."""
        return bool(self.version.pre)

    def at(self, numbers: tuple[int, int, int], pre: str = "") -> Written:
        """Another version, written in the same way; build metadata belongs to one version alone."""
        return Written(Version(*numbers, pre), self.prefix)


def allows(old: Written, new: Written) -> Level:
    """The largest change that users of ``old`` have to expect of ``new``.

    ``NONE`` when the version was not raised; build metadata raises nothing. A pre-release promises nothing, so what
    comes after it may bring anything.
    """
    if compare(new.version, old.version) <= 0:
        return Level.NONE
    major, minor, _ = new.version.numbers
    old_major, old_minor, _ = old.version.numbers
    if major != old_major or old.is_pre:
        return Level.MAJOR
    if major:
        return Level.MINOR if minor != old_minor else Level.PATCH
    if minor != old_minor or not minor:
        return Level.MAJOR
    return Level.MINOR


def following(old: Written, level: Level) -> Written:
    """The lowest final version that allows a change of some level to users of ``old``.

    ``NONE`` gives ``old`` itself. Of a pre-release its own final version is enough for anything.
    """
    major, minor, patch = old.version.numbers
    if level is Level.NONE:
        return old
    if old.is_pre:
        return old.at((major, minor, patch))
    if major:
        steps = {
            Level.MAJOR: (major + 1, 0, 0),
            Level.MINOR: (major, minor + 1, 0),
            Level.PATCH: (major, minor, patch + 1),
        }
        return old.at(steps[level])
    if minor and level is Level.MAJOR:
        return old.at((0, minor + 1, 0))
    return old.at((0, minor, patch + 1))


def raised(old: Written, part: Level) -> Written:
    """The version with one part raised, as a person asks for it; of a pre-release its final version where that will do.

    Below 1.0.0 major's part is played by minor: leaving 0.x is a decision, not a step.
    """
    major, minor, patch = old.version.numbers
    if part is Level.MAJOR and not major:
        part = Level.MINOR
    if old.is_pre and (part is Level.PATCH or (not patch and (part is Level.MINOR or not minor))):
        return old.at((major, minor, patch))
    steps = {Level.MAJOR: (major + 1, 0, 0), Level.MINOR: (major, minor + 1, 0), Level.PATCH: (major, minor, patch + 1)}
    return old.at(steps[part])


_COUNTED = re.compile(r"(?P<name>.*?)(?P<dot>\.?)(?P<number>\d+)")


def pre_release(final: Written, name: str, current: Written) -> Written:
    """The next pre-release of a final version: ``rc`` gives ``rc.1``, or what follows ``current``, as ``rc2``."""
    pre = current.version.pre
    counted = _COUNTED.fullmatch(pre)
    if current.version.numbers == final.version.numbers and counted and counted["name"] == name:
        return final.at(final.version.numbers, f"{name}{counted['dot']}{int(counted['number']) + 1}")
    if current.version.numbers == final.version.numbers and pre == name:
        return final.at(final.version.numbers, f"{name}.2")
    return final.at(final.version.numbers, f"{name}.1")
