"""Which judgements can have something to say of two charts, so that no other needs to be loaded."""

from __future__ import annotations

from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ScenarioComparison
from chartgen.judgements.base import Judgement
from chartgen.judgements.catalogue import ids, judgement


def relevant(both: Comparison) -> tuple[Judgement, ...]:
    """All judgements but those about objects where no object differs, and those about definitions where none does."""
    silent = set()
    if not both.crds:
        silent.add("crds")
    if not any(map(_differs, both.scenarios)):
        silent.add("objects")
    return tuple(judgement(name) for name, module in ids().items() if module.split(".")[2] not in silent)


def _differs(scenario: ScenarioComparison) -> bool:
    if scenario.removed or scenario.added or scenario.renamed or scenario.replaced:
        return True
    return any(pair.applied or pair.unstable for pair in scenario.pairs)
