"""Which keys of a values file nothing reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.templates.abstract import ANY, Parts
from chartgen.templates.charts import Family
from chartgen.templates.reads import Reads
from chartgen.templates.steps import Step, following


class Usage:
    """Answers which keys of values the reads of a chart leave alone."""

    def __init__(self, reads: Reads, charts: Family) -> None:
        self._top = Step()
        for parts in reads.touched:
            self._top.at(parts).touched = True
        for parts in (*reads.whole, *charts.vague):
            self._top.at(parts).whole = True
        for one in charts.instances:
            if one.prefix:
                self._top.at(one.prefix).touched = True
        for parts in [*reads.touched, *reads.whole]:
            self._global(parts, charts, whole=parts in reads.whole)

    def _global(self, parts: Parts, charts: Family, *, whole: bool) -> None:
        """A subchart's globals are those of every chart above it."""
        for one in charts.instances:
            depth = len(one.prefix)
            if depth and parts[:depth] == one.prefix and parts[depth : depth + 1] in (("global",), (ANY,)):
                for above in range(depth):
                    step = self._top.at((*one.prefix[:above], *parts[depth:]))
                    step.touched = True
                    step.whole = step.whole or whole

    def unused(self, values: Mapping[str, Any]) -> Iterator[Parts]:
        """The keys of values that nothing reads, the outermost of what is unused together; in their order."""
        if not self._top.whole:
            yield from self._below(values, [self._top], ())

    def _below(self, value: Any, steps: list[Step], at: Parts) -> Iterator[Parts]:
        claimed: list[Parts] = []
        used = not isinstance(value, Mapping)
        for key, item in value.items() if isinstance(value, Mapping) else ():
            below = list(following(steps, key))
            if any(step.whole for step in below):
                used = True
            elif not below:
                claimed.append((*at, key))
            else:
                used = True
                claimed += self._below(item, below, (*at, key))
        # Whether a map is empty may be all that matters, if none of its keys is read.
        if used or not any(step.touched for step in steps):
            yield from claimed
