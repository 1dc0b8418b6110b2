"""How judgements about objects tell what changed, and the judgements that are about fields of one topic."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from chartgen.changes import ABSENT
from chartgen.compare.comparison import Comparison
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict

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
    """A field in a message, without what all fields of a workload begin with."""
    for prefix in _PREFIXES:
        if change.dotted.startswith(prefix):
            return change.dotted.removeprefix(prefix)
    return change.dotted


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


class FieldsJudgement(PairJudgement):
    """Speaks once about the fields of some ``topics`` that changed in an object; ``what`` begins the message."""

    topics: ClassVar[tuple[str, ...]] = ()
    what: ClassVar[str] = ""
    renamed = True

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether a change of these topics is what this judgement is about."""
        return True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the first of the fields."""
        found = [change for change in pair.about(*self.topics) if self.concerns(change, pair)]
        if found:
            yield self.about(pair, found)

    def about(self, pair: ObjectPair, found: Sequence[FieldChange]) -> Verdict:
        """The verdict about some fields."""
        first = found[0]
        return self.verdict(
            f"{self.what} ({summary(found, masked=pair.kind == 'Secret')})",
            old=At.on(pair.old, first.old),
            new=At.on(pair.new, first.new),
        )
