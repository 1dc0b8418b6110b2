"""Which changed defaults change what is rendered: the new chart is rendered with one old default at a time.

That is what tells a default that does nothing from one that everybody feels who sets nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.absent import ABSENT
from chartgen.compare.comparison import Comparison
from chartgen.compare.installs import staying
from chartgen.compare.keys import Redefined
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.side import Rendering
from chartgen.engine.api import Engine, Failure, Job
from chartgen.engine.objects import Known, parse
from chartgen.templates.abstract import Parts

_MOST = 60
"""Defaults that are tried, in the order of values.yaml."""


def effects(both: Comparison, engine: Engine) -> Mapping[Parts, tuple[str, ...]]:
    """The objects that each changed default changes, by its place in values.yaml. Empty where nothing was tried."""
    default = both.scenarios[0]
    tried = [one for one in both.values.redefined if not one.is_retyped][:_MOST]
    if not tried or not default.is_comparable:
        return {}
    if not _differs(default):
        return {one.parts: () for one in tried}
    job = default.new.job
    jobs = [Job(job.chart, _with_old(one), job.set_values, job.options) for one in tried]
    known: Known = {}
    found = {}
    for one, asked, answer in zip(tried, jobs, engine.render(jobs), strict=True):
        if not isinstance(answer, Failure):
            parsed = staying(parse(answer.files, scenario=default.name, known=known), default.new.passing)
            as_it_was = Rendering(asked, parsed, None, answer.files, answer.crds, default.new.again)
            found[one.parts] = _changed(ScenarioComparison(default.name, "", as_it_was, default.new))
    return found


def _differs(scenario: ScenarioComparison) -> bool:
    return bool(_changed(scenario))


def _changed(scenario: ScenarioComparison) -> tuple[str, ...]:
    """The objects that differ between both sides of a scenario."""
    found = [pair.ref for pair in scenario.by_sides.values() if pair.changes or pair.old.ref != pair.new.ref]
    return tuple(dict.fromkeys(found + [obj.ref for obj in (*scenario.removed, *scenario.added)]))


def _with_old(one: Redefined) -> Mapping[str, Any]:
    """Values that bring one old default back. A key that was not in a map is taken out of it."""
    before, after = one.before, one.after
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        before = _replacing(before, after)
    for part in reversed(one.parts):
        before = {part: before}
    return before  # type: ignore[no-any-return]  # it is what the last turn of the loop made


def _replacing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """A map that, laid over another, leaves exactly itself."""
    found: dict[str, Any] = {}
    for key in (*before, *(key for key in after if key not in before)):
        value, over = before.get(key, ABSENT), after.get(key)
        if value is ABSENT:
            found[key] = None
        elif isinstance(value, Mapping) and isinstance(over, Mapping):
            found[key] = _replacing(value, over)
        else:
            found[key] = value
    return found
