"""Values that decide whether something is there."""

from chartgen.compare.side import Side
from chartgen.templates.abstract import Parts, Path

SWITCHES = ("enabled", "enable", "create")


def tested(side: Side) -> frozenset[Parts]:
    """The values that alone decide a branch of the chart's own templates."""
    visits = side.analysis.reads.visits
    return frozenset(visit.condition.parts for visit in visits if visit.holds and isinstance(visit.condition, Path))
