"""What comparing two charts says: changes without an opinion, and what they mean for those who upgrade.

A ``Change`` is a fact. A ``Judged`` is what a judgement makes of one or several: the level of version it asks for, who
is hurt, and what to tell them. Levels are those of SemVer; below 1.0.0 a minor version plays major's part, which is
worked out where versions are (``release``), not here.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from chartgen.absent import ABSENT
from chartgen.location import Location, Pointer
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.upgrades import Upgrade


class Level(Enum):
    """How large a step of the version a change asks for."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def rank(self) -> int:
        """0 for none, 3 for major."""
        return list(Level).index(self)

    def at_least(self, other: "Level") -> bool:
        """Whether this is as large a step as ``other``, or a larger one."""
        return self.rank >= other.rank


class Certainty(Enum):
    """Whether a judgement is proven by the two charts alone (``definite``) or depends on their users (``likely``)."""

    DEFINITE = "definite"
    LIKELY = "likely"


class Change(NamedTuple):
    """One difference between two charts.

    ``kind`` is ``added``, ``removed``, ``changed``, ``renamed`` or ``retyped``; ``area`` is ``values``, ``schema``,
    ``chart`` (Chart.yaml), ``dependency``, ``object``, ``crd``, ``template`` or ``file``. ``subject`` names the
    object, file or dependency; ``pointer`` is a place in it, on the old side unless there is none. Values of Secrets
    are masked. ``scenarios`` are the values under which it shows, empty for what no values decide.
    """

    kind: str
    area: str
    subject: str
    pointer: Pointer = Pointer()
    before: Any = ABSENT
    after: Any = ABSENT
    old: Location | None = None
    new: Location | None = None
    scenarios: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Orders changes by area, subject and place."""
        return (self.area, self.subject, tuple(map(str, self.pointer.parts)), self.kind)


class Judged(NamedTuple):
    """What a judgement says of the change from one chart to another.

    ``message`` begins with the ``subject`` (``Deployment/web: the selector changed``). ``hurts`` says who is hurt, or
    ``""`` when nobody is; ``advice`` what to tell them. ``old`` and ``new`` are the places on both sides; at least one
    is known. ``chart`` is the name of the chart.
    """

    judgement: str
    level: Level
    certainty: Certainty
    message: str
    subject: str
    hurts: str = ""
    advice: str = ""
    old: Location | None = None
    new: Location | None = None
    scenarios: tuple[str, ...] = ()
    chart: str = ""

    @property
    def only_with(self) -> str:
        """The values under which it shows, where it does not show with the chart's own; else ``""``."""
        return "" if "default" in self.scenarios else ", ".join(self.scenarios)

    @property
    def fingerprint(self) -> str:
        """Names it across edits: chart, judgement, subject and place in the new chart or else the old, never a line."""
        from hashlib import sha256

        where = self.new or self.old
        parts = (self.chart, self.judgement, self.subject, str(where.pointer) if where else "")
        return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Orders the largest level first, what is certain before what is likely, then by judgement and subject."""
        where = self.new or self.old or Location()
        likely = self.certainty is Certainty.LIKELY
        return (-self.level.rank, likely, self.judgement, self.subject, *where.sort_key, self.message)


class Compared(NamedTuple):
    """One side of a comparison as reports name it: the chart's name and version, and where it came from."""

    name: str
    version: str
    origin: str


class DiffReport(NamedTuple):
    """Two charts compared and judged. ``judged`` and ``changes`` are sorted.

    ``unjudged`` says in sentences what could not be compared (a side that does not render, a file that is no YAML).
    ``crashed`` is true when a judgement or the engine failed in a way that is a bug of ours. ``sources`` maps files
    named in locations to their text. ``upgrades`` says what the upgrade does in a cluster, scenario by scenario, where
    that was asked for. ``lowest`` is the lowest version that allows what is required, ``""`` where the old one is none;
    ``enough`` whether the new version does, None where that is not known.
    """

    old: Compared
    new: Compared
    judged: tuple[Judged, ...]
    changes: tuple[Change, ...] = ()
    unjudged: tuple[str, ...] = ()
    scenarios: int = 0
    crashed: bool = False
    sources: Mapping[str, str] = MappingProxyType({})
    upgrades: tuple["Upgrade", ...] = ()
    lowest: str = ""
    enough: bool | None = None

    @property
    def required(self) -> Level:
        """The level that all judgements together ask for."""
        return max((one.level for one in self.judged), key=lambda level: level.rank, default=Level.NONE)

    def number(self, level: Level) -> int:
        """How many judgements ask for exactly this level."""
        return sum(one.level is level for one in self.judged)
