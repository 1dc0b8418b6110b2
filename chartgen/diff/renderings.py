"""What is rendered of two charts to compare them: the same values on both.

- ``default``: each chart's own values, as for somebody who sets nothing.
- each ``ci/*-values.yaml`` and ``values-<env>.yaml`` of the OLD chart, on both: what an existing user's values do.
- what the user gives.

A values file that only the new chart has says nothing about those who upgrade.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from chartgen.chart.model import Chart
from chartgen.compare.noise import Versions
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.side import Rendering, Side
from chartgen.compare.unstable import may_differ
from chartgen.diff.absent import lacking, without
from chartgen.engine.api import Engine, Failure, Job, Options, Rendered
from chartgen.engine.dependencies import Missing, missing
from chartgen.engine.objects import Known, parse
from chartgen.lint.scenarios import GivenScenario, Scenario, scenarios


class Values(NamedTuple):
    """One set of values to render both charts with. ``file`` is the old chart's file they come from, or ``""``."""

    name: str
    values: Mapping[str, Any] = MappingProxyType({})
    set_values: tuple[str, ...] = ()
    file: str = ""


def values_of(old: Chart, given: Sequence[GivenScenario] = ()) -> tuple[tuple[Values, ...], tuple[str, ...]]:
    """The sets of values to compare under, and a sentence for each file that cannot be read."""
    found, unread = [], []
    for one in scenarios(old, given=tuple(given)):
        if one.error is not None:
            unread.append(f"{one.file} of the old chart is not compared: {one.error.message}")
        else:
            found.append(_values(one))
    return tuple(found), tuple(unread)


def _values(one: Scenario) -> Values:
    return Values(one.name, one.values, one.set_values, one.file)


def render(
    old: Chart, new: Chart, wanted: Sequence[Values], engine: Engine, options: Options = Options()
) -> tuple[Side, Side, tuple[ScenarioComparison, ...]]:
    """Render both charts under all values. A chart that does not render is a ``failure`` of its rendering.

    A chart with a template that may give something else each time is rendered twice; one with dependencies that were
    not fetched is rendered without them.
    """
    names = lacking(old, new)
    charts = tuple(without(chart, names) for chart in (old, new))
    jobs = [Job(chart, one.values, one.set_values, options) for chart in charts for one in wanted]
    moving = [may_differ(chart) for chart in (old, new) for _ in wanted]
    again = [number for number, moves in enumerate(moving) if moves]
    running = engine.render([*jobs, *(jobs[number] for number in again)])
    sides = [Side(chart) for chart in (old, new)]
    for side in sides:
        side.follow()  # while Helm renders
    answers = list(running)
    second = dict(zip(again, answers[len(jobs) :], strict=True))
    known: Known = {}  # shared by both sides: most files are the same in both charts
    for index, side in enumerate(sides):
        found = {}
        for number, one in enumerate(wanted, index * len(wanted)):
            absent = missing(side.chart, one.values) if names else None
            rendering = _rendering(jobs[number], answers[number], one.name, known, absent)
            twice = second.get(number)
            if isinstance(twice, Rendered) and rendering.failure is None:
                rendering = rendering._replace(again=parse(twice.files, known=dict(known)))
            found[one.name] = rendering
        side.renderings = found
    before, after = sides
    versions = Versions.of(before.metadata, after.metadata)
    pairs = tuple(
        ScenarioComparison(one.name, one.file, before.renderings[one.name], after.renderings[one.name], versions)
        for one in wanted
    )
    return before, after, pairs


def _rendering(job: Job, answer: Rendered | Failure, name: str, known: Known, absent: Missing | None) -> Rendering:
    """``absent`` are the dependencies that the chart was rendered without. It may not be able to do without them."""
    if isinstance(answer, Failure):
        return Rendering(job, failure=absent.failure if absent else answer)
    parsed = parse(answer.files, scenario=name, known=known)
    broken = next((one for one in parsed.bad if one.kind in ("yaml", "not-a-mapping")), None)
    if broken is not None:  # which Helm only sees after it has rendered
        return Rendering(job, failure=Failure("render", f"{broken.source}: {broken.message}", broken.source))
    felt = absent.names if absent and not absent.switched_off else ()
    return Rendering(job, parsed, None, answer.files, answer.crds, without=felt)
