"""Values that decide whether something is there."""

from collections.abc import Iterator

from chartgen.compare.side import Side
from chartgen.compare.switches import SWITCHES
from chartgen.templates.abstract import Parts, Path, Test
from chartgen.templates.reads import Visit

__all__ = ["SWITCHES", "tested", "tested_together"]


def tested(side: Side) -> frozenset[Parts]:
    """The values that alone decide a branch of the chart's own templates; what NOTES.txt tells does not count."""
    return frozenset(visit.condition.parts for visit in _taken(side) if isinstance(visit.condition, Path))


def tested_together(side: Side) -> frozenset[frozenset[Parts]]:
    """The values of which several have to be set for a branch to be taken: ``and .Values.a .Values.b``."""
    found = set()
    for visit in _taken(side):
        if isinstance(visit.condition, Test) and visit.condition.op == "and":
            paths = [one.parts for one in visit.condition.args if isinstance(one, Path)]
            if len(paths) == len(visit.condition.args):
                found.add(frozenset(paths))
    return frozenset(found)


def _taken(side: Side) -> Iterator[Visit]:
    visits = side.analysis.reads.visits
    return (visit for visit in visits if visit.holds and not visit.file.endswith("NOTES.txt"))
