"""The hooks that run at an upgrade. Source: ``pkg/action/hooks.go`` of Helm 4."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.compare.objects import ScenarioComparison
from chartgen.engine.objects import RenderedObject
from chartgen.upgrades import HookRun

_WHEN = ("pre-upgrade", "post-upgrade")


def weight(obj: RenderedObject) -> int:
    """The weight of a hook; 0 for what Helm cannot read."""
    try:
        return int(str(obj.annotations.get("helm.sh/hook-weight")))
    except ValueError:
        return 0


def runs(scenario: ScenarioComparison) -> tuple[HookRun, ...]:
    """The new chart's hooks that run at the upgrade, in their order."""
    return tuple(sorted(_runs(scenario), key=lambda run: (_WHEN.index(run.when), run.weight, run.ref)))


def _runs(scenario: ScenarioComparison) -> Iterator[HookRun]:
    changed = {pair.new: bool(pair.changes) for pair in (*scenario.pairs, *scenario.renamed) if pair.old.hooks}
    for obj in scenario.new.parsed.objects:
        for when in _WHEN:
            if when in obj.hooks:
                yield HookRun(obj.ref, when, weight(obj), obj not in changed, changed.get(obj, False))
