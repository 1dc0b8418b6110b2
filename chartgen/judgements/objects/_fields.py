"""Judgements about the fields of some topics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from chartgen.changes import Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._told import counterpart, summary


class FieldsJudgement(AlikeJudgement):
    """Speaks about the fields of some ``topics`` that changed; ``what`` begins the message."""

    topics: ClassVar[tuple[str, ...]] = ()
    what: ClassVar[str] = ""

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether a change of these topics is what this judgement is about."""
        return True

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """The level that some changes ask for, None for that of the judgement."""
        return None

    def tell(self, found: Sequence[FieldChange], pair: ObjectPair) -> str:
        """The changes in the message."""
        return summary(found, masked=pair.kind == "Secret")

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at the first of the fields."""
        found = [change for change in pair.about(*self.topics) if self.concerns(change, pair)]
        if found:
            text = f"{self.what} ({self.tell(found, pair)})"
            yield Event(text, *counterpart(found[0], found), self.step(found, pair))
