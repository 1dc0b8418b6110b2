"""What every judgement is made of.

A judgement is one class in one module: ``judgements/<area>/<id with underscores>.py``. It names an event
(``selector-changed``) and says which step of the version that asks for, who is hurt, and what to tell them.

- ``PairJudgement``: called for each object of its ``kinds`` that is on both sides, in each scenario.
- ``ScenarioJudgement``: called once for each scenario that rendered on both sides, with all its objects.
- ``ChartJudgement``: called once for the two charts.

The docstring is the judgement's page: a first line that names the event, then ``## Why``, and examples: ``## Before``
and ``## After`` are two states of one chart, which the judgement speaks about; ``## Not this`` is another state after
the same Before, about which it is silent. The blocks are those of a rule's page (see ``rules.examples``), with
``# here`` on the lines that the judgement points at on either side. A second example is ``## Before: title`` and so on.
"""

from collections.abc import Iterator
from typing import ClassVar

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.engine.objects import RenderedObject
from chartgen.location import Location, Pointer
from chartgen.tuples import NamedTuple

__all__ = ["At", "ChartJudgement", "Judgement", "PairJudgement", "ScenarioJudgement", "Verdict"]


class At(NamedTuple):
    """A place on one side: in a rendered object, or in a file of the chart (``location``, relative to its folder)."""

    obj: RenderedObject | None = None
    pointer: Pointer = Pointer()
    location: Location | None = None

    @classmethod
    def on(cls, obj: RenderedObject, pointer: Pointer = Pointer()) -> "At":
        """A place in an object; its template line is worked out later."""
        return cls(obj, pointer)

    @classmethod
    def file(cls, location: Location) -> "At":
        """A place in a file of the chart."""
        return cls(None, location.pointer, location)


class Verdict(NamedTuple):
    """What a judgement yields: a ``changes.Judged`` before its places are worked out.

    ``level``, ``certainty``, ``hurts`` and ``advice`` are those of the judgement unless they say otherwise.
    """

    judgement: "type[Judgement]"
    message: str
    subject: str
    old: At | None = None
    new: At | None = None
    level: Level | None = None
    certainty: Certainty | None = None
    hurts: str = ""
    advice: str = ""


class Judgement:
    """The base of all judgements.

    ``level`` is what the event asks for at or above 1.0.0; ``certainty`` whether the charts alone prove it. ``hurts``
    says who is hurt (``everyone who upgrades``), ``""`` for nobody; ``advice`` what to tell them, in the imperative.
    """

    id: ClassVar[str]
    level: ClassVar[Level]
    certainty: ClassVar[Certainty] = Certainty.DEFINITE
    hurts: ClassVar[str] = ""
    advice: ClassVar[str] = ""

    @classmethod
    def verdict(
        cls,
        message: str,
        *,
        old: At | None = None,
        new: At | None = None,
        subject: str = "",
        level: Level | None = None,
        certainty: Certainty | None = None,
        hurts: str = "",
        advice: str = "",
    ) -> Verdict:
        """Make a verdict. The subject is the object's ``Kind/name`` or the file of the place, unless given.

        The message says what happened without naming the subject, which is put in front of it.
        """
        at = new or old
        if not subject and at is not None:
            subject = at.obj.ref if at.obj else (at.location.file or "") if at.location else ""
        whole = f"{subject}: {message}" if subject else message
        return Verdict(cls, whole, subject, old, new, level, certainty, hurts, advice)


class PairJudgement(Judgement):
    """Looks at one object and what became of it. ``kinds`` empty means every kind; hooks are passed over unless
    ``hooks`` is true, and objects that have another name now unless ``renamed`` is.
    """

    kinds: ClassVar[frozenset[str]] = frozenset()
    hooks: ClassVar[bool] = False
    renamed: ClassVar[bool] = False

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Yield a verdict for each event in the life of one object."""
        raise NotImplementedError


class ScenarioJudgement(Judgement):
    """Looks at all objects of one scenario."""

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Yield a verdict for each event in one scenario."""
        raise NotImplementedError


class ChartJudgement(Judgement):
    """Looks at the two charts as a whole."""

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Yield a verdict for each event."""
        raise NotImplementedError
