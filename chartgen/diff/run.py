"""Two charts in, a report out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chartgen.changes import Compared, DiffReport, Judged
from chartgen.chart.model import Chart
from chartgen.compare.comparison import Comparison
from chartgen.compare.side import Side
from chartgen.diff.areas import relevant
from chartgen.diff.changes import chart_changes
from chartgen.diff.effects import effects
from chartgen.diff.judge import Draft, judge
from chartgen.diff.merge import merged
from chartgen.diff.object_changes import object_changes
from chartgen.diff.places import Places, lookups
from chartgen.diff.renderings import render, values_of
from chartgen.engine.api import Engine, Options
from chartgen.judgements.base import Judgement
from chartgen.lint.scenarios import GivenScenario

if TYPE_CHECKING:
    from chartgen.upgrades import Upgrade


def diff(
    old: Chart,
    new: Chart,
    *,
    engine: Engine,
    given: Sequence[GivenScenario] = (),
    options: Options = Options(),
    judgements: Sequence[Judgement] | None = None,
    with_upgrade: bool = False,
    with_switches: bool = True,
) -> DiffReport:
    """Compare two charts and judge every change. A side that does not render is told of, never guessed about.

    ``with_upgrade`` also works out what the upgrade does in a cluster; ``with_switches`` looks behind the switches
    that are off by default.
    """
    wanted, unjudged = values_of(old, given)
    before, after, scenarios = render(old, new, wanted, engine, options, with_switches=with_switches)
    both = Comparison(before, after, scenarios)
    both.effects, both.rereads = effects(both, engine)
    judging = judge(both, relevant(both) if judgements is None else judgements)
    there, here = lookups(before, after, judging.drafts, engine)
    old_places, new_places = there.places(), here.places()
    chart = new.name or old.name
    found = merged((_judged(draft, old_places, new_places, chart) for draft in judging.drafts), both.shown)
    judged = sorted(found, key=lambda one: one.sort_key)
    return DiffReport(
        _compared(before),
        _compared(after),
        tuple(judged),
        tuple(sorted((*chart_changes(both), *object_changes(both)), key=lambda change: change.sort_key)),
        unjudged=(*unjudged, *_failures(both), *judging.crashes),
        scenarios=len(scenarios),
        crashed=bool(judging.crashes),
        sources=_sources(judged, (before, after)),
        upgrades=_upgrades(both) if with_upgrade else (),
    )


def _upgrades(both: Comparison) -> tuple[Upgrade, ...]:
    from chartgen.compare.upgrade import upgrade

    return tuple(upgrade(scenario, both) for scenario in both.scenarios if scenario.base is None)


def _judged(draft: Draft, old: Places, new: Places, chart: str) -> Judged:
    verdict = draft.verdict
    kind = verdict.judgement
    return Judged(
        kind.id,
        verdict.level or kind.level,
        verdict.certainty or kind.certainty,
        verdict.message,
        verdict.subject,
        verdict.hurts or kind.hurts,
        verdict.advice or kind.advice,
        old.location(verdict.old),
        new.location(verdict.new),
        draft.scenarios,
        chart,
    )


def _compared(side: Side) -> Compared:
    version = side.metadata.get("version")
    return Compared(side.chart.name, "" if version is None else str(version), side.chart.origin)


def _failures(both: Comparison) -> Iterable[str]:
    """A sentence for each scenario that is not compared: nobody can have been using what did not render."""
    yield from both.values.unread
    if both.old.is_library and both.new.is_library:
        return
    sides = [side for one in both.scenarios for side in (one.old, one.new)]
    if names := ", ".join(dict.fromkeys(name for side in sides for name in side.without)):
        yield f"what {names} would render is not compared: missing in charts/, run 'helm dependency build'"
    for one in both.scenarios:
        if one.old.failure is not None:
            yield f"{one.name}: the old chart does not render: {one.old.failure.message}"
        elif one.new.failure is not None and one.base is None:
            yield f"{one.name}: the new chart does not render: {one.new.failure.message}"


def _sources(judged: Iterable[Judged], sides: Sequence[Side]) -> Mapping[str, str]:
    sources: dict[str, Any] = {}
    for one in judged:
        for side, where in zip(sides, (one.old, one.new), strict=True):
            if where is not None and where.file and where.file not in sources:
                path = where.file.removeprefix(side.chart.display("")) if side.chart.origin else where.file
                text = side.chart.text(path)
                if text is not None:
                    sources[where.file] = text
    return sources
