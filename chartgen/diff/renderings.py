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
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.side import Rendering, Side
from chartgen.engine.api import Engine, Failure, Job, Options, Rendered
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
    """Render both charts under all values. A chart that does not render is a ``failure`` of its rendering."""
    jobs = [Job(chart, one.values, one.set_values, options) for chart in (old, new) for one in wanted]
    answers = list(engine.render(jobs))
    sides = []
    for index, chart in enumerate((old, new)):
        known: Known = {}
        first = index * len(wanted)
        sides.append(
            Side(
                chart,
                {
                    one.name: _rendering(jobs[first + number], answers[first + number], one.name, known)
                    for number, one in enumerate(wanted)
                },
            )
        )
    before, after = sides
    pairs = tuple(
        ScenarioComparison(one.name, one.file, before.renderings[one.name], after.renderings[one.name])
        for one in wanted
    )
    return before, after, pairs


def _rendering(job: Job, answer: Rendered | Failure, name: str, known: Known) -> Rendering:
    if isinstance(answer, Failure):
        return Rendering(job, failure=answer)
    parsed = parse(answer.files, scenario=name, known=known)
    return Rendering(job, parsed, None, answer.files, answer.crds)
