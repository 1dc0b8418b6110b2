"""How judgements about objects tell what changed, and the judgements that are about fields of one topic."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from chartgen.changes import ABSENT, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.location import Pointer

_LONGEST = 60
_PREFIXES = ("spec.jobTemplate.spec.template.spec.", "spec.template.spec.", "spec.template.", "spec.")


def show(value: Any) -> str:
    """A value in a message: short, on one line."""
    if isinstance(value, str):
        text = value if value and "\n" not in value else json.dumps(value)
    else:
        text = json.dumps(value, default=str)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def place(change: FieldChange) -> str:
    """A field in a message, without what all fields of a workload begin with, and without its container."""
    text = change.dotted
    for prefix in _PREFIXES:
        if text.startswith(prefix):
            text = text.removeprefix(prefix)
            break
    return re.sub(r"^containers\[name=[^\]]+\]\.", "", text).replace("[name=", "[")


def told(change: FieldChange, *, masked: bool = False) -> str:
    """One change in a message: ``replicas: 1 -> 2``."""
    where = place(change)
    if change.before is ABSENT:
        return (
            f"{where} is new"
            if masked or isinstance(change.after, dict | list)
            else f"{where}: {show(change.after)} is new"
        )
    if change.after is ABSENT:
        return f"{where} is gone"
    return f"{where} differs" if masked else f"{where}: {show(change.before)} -> {show(change.after)}"


def listed(texts: Iterable[str], most: int = 3) -> str:
    """Some texts in a message: the first few, and how many more there are."""
    texts = list(dict.fromkeys(texts))
    more = len(texts) - most
    return ", ".join(texts[:most] if more > 0 else texts) + (f" and {more} more" if more > 0 else "")


def summary(changes: Sequence[FieldChange], *, masked: bool = False) -> str:
    """Several changes in a message."""
    return listed(told(change, masked=masked) for change in changes)


def counterpart(change: FieldChange, others: Iterable[FieldChange]) -> tuple[Pointer, Pointer]:
    """Where a change is on both sides: an item of a list that is gone is where one came in its place."""
    if change.after is ABSENT:
        came = (other.new for other in others if other.before is ABSENT and other.path[:-1] == change.path[:-1])
        return change.old, next(came, change.new)
    return change.old, change.new


class FieldsJudgement(ScenarioJudgement):
    """Speaks about the fields of some ``topics`` that changed; ``what`` begins the message.

    What changed alike in several objects is told of once. What was told of in an earlier scenario is told again in the
    same words, though it may be more or fewer objects there.
    """

    topics: ClassVar[tuple[str, ...]] = ()
    what: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()
    renamed: ClassVar[bool] = True

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether a change of these topics is what this judgement is about."""
        return True

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """The level that some changes ask for, None for that of the judgement."""
        return None

    def tell(self, found: Sequence[FieldChange], pair: ObjectPair) -> str:
        """The changes in the message."""
        return summary(found, masked=pair.kind == "Secret")

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the first of the fields in the first of the objects."""
        known: dict[tuple[str, str], Verdict] = both.memory.setdefault(("fields", self.id), {})
        groups: dict[tuple[str, Level | None], list[tuple[ObjectPair, tuple[Pointer, Pointer]]]] = {}
        for pair in (*scenario.pairs, *(scenario.renamed if self.renamed else ())):
            found = [change for change in self._of(pair) if self.concerns(change, pair)]
            if found:
                text = f"{self.what} ({self.tell(found, pair)})"
                if (pair.ref, text) in known:
                    yield known[pair.ref, text]
                else:
                    groups.setdefault((text, self.step(found, pair)), []).append((pair, counterpart(found[0], found)))
        for (text, level), some in groups.items():
            pair, (old, new) = some[0]
            also = listed((one.ref for one, _ in some[1:]), 2)
            message = f"{text}; also {also}" if also else text
            verdict = self.verdict(message, old=At.on(pair.old, old), new=At.on(pair.new, new), level=level)
            known.update({(one.ref, text): verdict for one, _ in some})
            yield verdict

    def _of(self, pair: ObjectPair) -> Sequence[FieldChange]:
        if (self.kinds and pair.kind not in self.kinds) or pair.old.hooks or pair.new.hooks:
            return ()
        return pair.about(*self.topics)
