"""Judgements about single objects that tell once of what happened alike to several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._told import listed
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple


class Event(NamedTuple):
    """What happened to an object, where on both sides, and what it asks for unless what the judgement does."""

    text: str
    old: Pointer
    new: Pointer
    level: Level | None = None
    certainty: Certainty | None = None


class AlikeJudgement(ScenarioJudgement):
    """Looks at one object after the other, of its ``kinds`` or of all; hooks are passed over, and objects that have
    another name now unless ``renamed`` is true.

    What was told of in an earlier scenario is told again in the same words, though it may have happened to more or
    fewer objects there. Where a scenario builds on another one (a switch turned on), so is what happened to others.
    """

    kinds: ClassVar[frozenset[str]] = frozenset()
    renamed: ClassVar[bool] = True

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """What happened to one object."""
        raise NotImplementedError

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the first of the objects that something happened to."""
        known: dict[tuple[str, str], Verdict] = both.memory.setdefault(("alike", self.id), {})
        alike: dict[tuple[str, Level | None, Certainty | None], Verdict] = both.memory.setdefault(("all", self.id), {})
        groups: dict[tuple[str, Level | None, Certainty | None], list[tuple[ObjectPair, Event]]] = {}
        for pair in (*scenario.pairs, *(scenario.renamed if self.renamed else ())):
            if not self._concerns(pair):
                continue
            for event in self.events(pair, scenario):
                kind = (event.text, event.level, event.certainty)
                if (pair.ref, event.text) in known:
                    yield known[pair.ref, event.text]
                elif scenario.base is not None and kind in alike:
                    yield alike[kind]
                else:
                    groups.setdefault(kind, []).append((pair, event))
        for (text, level, certainty), some in groups.items():
            pair, first = some[0]
            also = listed((one.ref for one, _ in some[1:]), 2)
            verdict = self.verdict(
                f"{text}; also {also}" if also else text,
                old=At.on(pair.old, first.old),
                new=At.on(pair.new, first.new),
                level=level,
                certainty=certainty,
            )
            known.update({(one.ref, text): verdict for one, _ in some})
            alike.setdefault((text, level, certainty), verdict)
            yield verdict

    def _concerns(self, pair: ObjectPair) -> bool:
        if not (pair.applied or pair.unstable) or (self.kinds and pair.kind not in self.kinds):
            return False
        return not (pair.old.hooks or pair.new.hooks)
