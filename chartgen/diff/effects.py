"""Which changed defaults change what is rendered: the new chart is rendered with one old default at a time.

That is what tells a default that does nothing from one that everybody feels who sets nothing. Where the new chart only
renders what the old one did because a template makes up for the new default (``30s``, and no ``s`` behind it any more),
whoever has written the value down gets something else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from chartgen.absent import ABSENT
from chartgen.compare.comparison import Comparison, Reread
from chartgen.compare.installs import staying
from chartgen.compare.keys import Redefined
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.side import Rendering
from chartgen.engine.api import Engine, Failure, Job, Rendered
from chartgen.engine.objects import Known, Parsed, parse
from chartgen.fielddata import laid_over, nested
from chartgen.templates.abstract import Parts

_MOST = 60
"""Defaults that are tried, in the order of values.yaml."""


def effects(both: Comparison, engine: Engine) -> tuple[Mapping[Parts, tuple[str, ...]], Mapping[Parts, Reread]]:
    """The objects that each changed default changes, by its place in values.yaml, empty where nothing was tried; and
    the defaults that mean something else now.
    """
    default = both.scenarios[0]
    tried = [one for one in both.values.redefined if not one.is_retyped][:_MOST]
    if not tried or not default.is_comparable:
        return {}, {}
    plain = [one for one in tried if not isinstance(one.before, Mapping | list)]
    behind = _behind_switches(both, plain, engine)
    run = _Tried(default, engine)
    differs = _differs(default)
    if not differs and not any(map(_differs, run.with_old(tried, together=True).values())):
        return {one.parts: () for one in tried}, behind
    found = run.with_old(tried)
    changed = {parts: _changed(one) if differs else () for parts, one in found.items()}
    return changed, {**behind, **_rereads(found, plain, default)}


def _behind_switches(both: Comparison, tried: Sequence[Redefined], engine: Engine) -> Mapping[Parts, Reread]:
    """The defaults that mean something else where a switch beside or around them is turned on."""
    found: dict[Parts, Reread] = {}
    for one in both.scenarios:
        around = one.turned[-1][:-1] if one.turned and not one.sample else ()
        beside = [each for each in tried if around and each.parts[: len(around)] == around]
        some = [each for each in beside if each.parts not in one.turned]
        if not some or not one.is_comparable:
            continue
        whole = ScenarioComparison(one.name, "", one.old, one.new, one.versions)
        run = _Tried(one, engine)
        if any(_reread(each, whole) for each in run.with_old(some, together=True).values()):
            found |= _rereads(run.with_old(some), some, whole)
    return found


def _rereads(
    found: Mapping[Parts, ScenarioComparison], tried: Sequence[Redefined], whole: ScenarioComparison
) -> dict[Parts, Reread]:
    rereads = {one.parts: _reread(found[one.parts], whole) for one in tried if one.parts in found}
    return {parts: one for parts, one in rereads.items() if one is not None}


class _Tried:
    """The new chart as it renders under some values, held against what it renders with old defaults besides."""

    def __init__(self, default: ScenarioComparison, engine: Engine) -> None:
        self._default = default
        self._engine = engine

    def with_old(self, tried: Sequence[Redefined], *, together: bool = False) -> Mapping[Parts, ScenarioComparison]:
        """What changes from the new chart with each old default to the new chart with its own. Those that it does not
        render with are left out.
        """
        job, name = self._default.new.job, self._default.name
        values = {one.parts: laid_over(job.values, _with_old(one)) for one in tried}
        if together:
            values = {(): reduce(laid_over, values.values())}
        jobs = [Job(job.chart, one, job.set_values, job.options) for one in values.values()]
        # Rendered last, as it is: what is of a time is another by now.
        new = self._default.new
        answers = list(self._engine.render([*jobs, *([job] if new.again is not None else [])]))
        last = answers.pop() if new.again is not None else None
        if isinstance(last, Rendered):
            new = new._replace(again=self._parsed(last, {}))
        known: Known = {}
        found = {}
        for parts, asked, answer in zip(values, jobs, answers, strict=True):
            if not isinstance(answer, Failure):
                as_it_was = Rendering(asked, self._parsed(answer, known), None, answer.files, answer.crds)
                found[parts] = ScenarioComparison(name, "", as_it_was, new)
        return found

    def _parsed(self, answer: Rendered, known: Known) -> Parsed:
        return staying(parse(answer.files, scenario=self._default.name, known=known), self._default.new.passing)


def _reread(tried: ScenarioComparison, default: ScenarioComparison) -> Reread | None:
    """What is as it was by default, and is not with the old default: the template made up for the change."""
    upgraded = {(pair.kind, pair.new.namespace, pair.new.name): pair for pair in default.pairs}
    for pair in tried.pairs:
        before = upgraded.get((pair.kind, pair.new.namespace, pair.new.name))
        if before is None:
            continue
        for change in pair.changes:
            depth = len(change.path)
            felt = (other.path[:depth] for other in before.changes)
            around = (change.path[: len(other.path)] == other.path for other in before.changes)
            is_version = default.versions.step(change.before, change.after)  # which by default is not told either
            if change.after is not ABSENT and change.path not in felt and not any(around) and not is_version:
                return Reread(pair.ref, change.dotted, default.name)
    gone = (obj for obj in tried.added if (obj.kind, obj.namespace, obj.name) in upgraded)
    return next((Reread(obj.ref, under=default.name) for obj in gone), None)


def _differs(scenario: ScenarioComparison) -> bool:
    return bool(_changed(scenario))


def _changed(scenario: ScenarioComparison) -> tuple[str, ...]:
    """The objects that differ between both sides of a scenario, those with a name that is made up each time apart."""
    pairs = (pair for pair in scenario.by_sides.values() if pair.changes or pair.old.ref != pair.new.ref)
    made_up = {(obj.source, obj.kind) for obj, paths in scenario.unstable[1].items() if ("metadata", "name") in paths}
    others = (*(pair.new for pair in pairs), *scenario.removed, *scenario.added)
    return tuple(dict.fromkeys(obj.ref for obj in others if (obj.source, obj.kind) not in made_up))


def _with_old(one: Redefined) -> Mapping[str, Any]:
    """Values that bring one old default back. A key that was not in a map is taken out of it."""
    before, after = one.before, one.after
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        before = _replacing(before, after)
    return nested(one.parts, before)  # type: ignore[no-any-return]  # no default is the values themselves


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
