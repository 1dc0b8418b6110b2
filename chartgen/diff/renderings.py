"""What is rendered of two charts to compare them: the same values on both.

- ``default``: each chart's own values, as for somebody who sets nothing.
- each ``ci/*-values.yaml`` and ``values-<env>.yaml`` of the OLD chart, on both: what an existing user's values do.
- what the user gives.
- as on a cluster that has the APIs which templates ask for, and on an older one for which they take another branch
  (see ``compare.clusters``).
- each switch of the old chart that is off by default, turned on: what is behind it (see ``compare.switches``).
- names, labels and the like that are empty by default, set, where templates read them otherwise (see
  ``compare.settings``).
- what all workloads of a chart are behind, taken for met (see ``compare.guards``).
- images from another registry, where the new chart has a check of images that the old one had not (see
  ``compare.mirrors``): only that the new chart fails is told.

A values file that only the new chart has says nothing about those who upgrade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from chartgen.chart.model import Chart
from chartgen.compare.clusters import asked, is_behind, older
from chartgen.compare.guards import guards, met
from chartgen.compare.installs import asks_how, at_upgrades, upgrading
from chartgen.compare.mirrors import NAME as MIRRORED
from chartgen.compare.mirrors import mirrored
from chartgen.compare.noise import Versions
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.settings import FEW as FEW_SETTINGS
from chartgen.compare.settings import MOST as MOST_SETTINGS
from chartgen.compare.settings import SAMPLE, Setting, settings
from chartgen.compare.side import Rendering, Side
from chartgen.compare.switches import FEW, MOST, switches
from chartgen.compare.unstable import makes_keys, may_differ
from chartgen.diff.absent import conditions, lacking, without
from chartgen.engine.api import KUBE_VERSION, Engine, Failure, Job, Options, Rendered
from chartgen.engine.dependencies import Missing, missing
from chartgen.engine.objects import Known, Parsed, parse
from chartgen.lint.scenarios import GivenScenario, Scenario, scenarios
from chartgen.lint.standins import may_be_to_blame, with_stand_ins
from chartgen.templates.abstract import Parts
from chartgen.tuples import NamedTuple


class Values(NamedTuple):
    """One set of values to render both charts with. ``file`` is the old chart's file they come from, or ``""``;
    ``turned`` are the switches that they turn on, where nobody is known to; ``apis`` what the cluster has besides,
    ``kube_version`` its release where it is another. ``met`` are the templates whose questions are answered with yes,
    ``sample`` what a value is set to.
    """

    name: str
    values: Mapping[str, Any] = MappingProxyType({})
    set_values: tuple[str, ...] = ()
    file: str = ""
    turned: tuple[Parts, ...] = ()
    apis: tuple[str, ...] = ()
    kube_version: str = ""
    met: tuple[str, ...] = ()
    sample: str = ""


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
    old: Chart,
    new: Chart,
    wanted: Sequence[Values],
    engine: Engine,
    options: Options = Options(),
    *,
    with_switches: bool = False,
) -> tuple[Side, Side, tuple[ScenarioComparison, ...]]:
    """Render both charts under all values. A chart that does not render is a ``failure`` of its rendering.

    A chart with a template that may give something else each time is rendered twice, and one that asks whether it is
    being installed as for an upgrade too; one with dependencies that were not fetched is rendered without them.
    ``with_switches`` also turns on, one by one, what is off by default, and gives the cluster the APIs that templates
    ask for; where the old chart does not render so, nobody can have it so, and nothing is said.
    """
    names = lacking(old, new)
    run = _Run((Side(old), Side(new)), engine, options, names)
    running = run.ask(wanted)
    for side in run.sides:
        side.follow()  # while Helm renders
    found = run.compare(wanted, running)
    apis = () if options.api_versions else asked(run.sides, options.kube_version)
    found = run.with_apis(wanted, found, apis)
    if with_switches and found[0].is_comparable:
        known = [one.values for one, compared in zip(wanted, found, strict=True) if compared.is_comparable]
        off = frozenset(parts for side in run.sides for parts in conditions(side, names))
        is_slow = any(makes_keys(one.job.chart, one.files) for one in (found[0].old, found[0].new))
        chosen = switches(*run.sides, off=off, known=known, most=FEW if is_slow else MOST)
        more = [Values(one.name, one.values, turned=one.turned) for one in chosen]
        if apis:
            more.append(Values(f"the API{'s' if len(apis) > 1 else ''} {', '.join(apis)}", apis=apis))
        for version in older(run.sides, options.kube_version) if options.kube_version == KUBE_VERSION else ():
            more.append(Values(f"Kubernetes {version.removesuffix('.0')}", kube_version=version))
        turned = run.compare(more, run.ask(more), base=found[0])
        if apis:  # which a switch may need
            failed = [one for one, tried in zip(more, turned, strict=True) if tried.old.failure is not None]
            again = [one._replace(apis=apis) for one in failed if one.turned]
            turned += run.compare(again, run.ask(again), base=found[0])
        turned = run.with_apis(more, turned, apis, base=found[0])
        found += tuple(one for one in turned if one.old.failure is None)
        few = settings(*run.sides, off=off, most=FEW_SETTINGS if is_slow else MOST_SETTINGS)
        given = [Values(one.name, one.values, turned=(*one.turned, one.parts), sample=SAMPLE) for one in few]
        set_so = zip(few, run.compare(given, run.ask(given), base=found[0]), strict=True)
        found += tuple(one for setting, one in set_so if one.is_comparable or _is_refused(setting, one))
        asking = [Values(one.name, met=one.paths) for one in guards(*run.sides, (found[0].old, found[0].new))]
        found += tuple(one for one in run.compare(asking, run.ask(asking), base=found[0]) if one.is_comparable)
        found += tuple(one for one in run.refused(found[0]) if one.old.failure is None and one.new.failure is not None)
    return *run.sides, found


class _Run:
    """Two charts that are rendered under several sets of values, without the dependencies that they lack."""

    def __init__(self, sides: tuple[Side, Side], engine: Engine, options: Options, lacks: frozenset[str]) -> None:
        self.sides = sides
        self._engine = engine
        self._options = options
        self._lacks = lacks
        # Each chart as it is, and as it is rendered: with stand-ins for the key pairs that it makes.
        plain = {side: without(side.chart, lacks) for side in sides}
        self._charts = {side: (chart, with_stand_ins(chart)) for side, chart in plain.items()}
        self._twice = {
            side: (chart, with_stand_ins(chart, others=True)) for side, chart in plain.items() if may_differ(side.chart)
        }
        self._upgrading = {
            side: (upgrading(chart), upgrading(stood_in))
            for side, (chart, stood_in) in self._charts.items()
            if asks_how(side.chart)
        }
        self._versions = Versions.of(*(side.metadata for side in sides))
        self._known: dict[Side, Known] = {}
        self._absent: dict[Side, Missing | None] = {}

    def ask(self, wanted: Sequence[Values]) -> Iterator[Rendered | Failure]:
        """Have both charts rendered under all values, once more those that may come out different, and as for an
        upgrade those that ask.
        """
        charts = (*self._charts.values(), *self._twice.values(), *self._upgrading.values())
        return self._engine.render([self._job(chart, one) for _, chart in charts for one in wanted])

    def _job(self, chart: Chart, one: Values) -> Job:
        options = self._options
        if one.apis:
            options = options._replace(api_versions=(*options.api_versions, *one.apis))
        if one.kube_version:
            options = options._replace(kube_version=one.kube_version)
        return Job(met(chart, one.met) if one.met else chart, one.values, one.set_values, options)

    def compare(
        self, wanted: Sequence[Values], running: Iterator[Rendered | Failure], base: ScenarioComparison | None = None
    ) -> tuple[ScenarioComparison, ...]:
        """What came of it, side by side. What is as in ``base`` is the same object there and here."""
        known: Known = {}  # shared by both sides: most files are the same in both charts
        for side in self.sides:
            for one in wanted:
                if base is not None:
                    known = dict(self._known[side])
                rendering = self._rendering(side, one, self._answer(self._charts[side], one, next(running)), known)
                side.renderings = {**side.renderings, one.name: rendering}
            self._known.setdefault(side, dict(known))
        for sides, told in ((self._twice, _as_again), (self._upgrading, at_upgrades)):
            for side in sides:
                for one in wanted:
                    answer, rendering = next(running), side.renderings[one.name]
                    if rendering.failure is not None:
                        continue
                    answer = self._answer(sides[side], one, answer)
                    if isinstance(answer, Rendered):
                        other = parse(answer.files, known=dict(self._known[side]))
                        side.renderings = {**side.renderings, one.name: told(rendering, other)}
        old, new = (side.renderings for side in self.sides)
        return tuple(
            ScenarioComparison(
                one.name,
                one.file,
                old[one.name],
                new[one.name],
                self._versions,
                turned=one.turned,
                base=base,
                sample=one.sample,
            )
            for one in wanted
        )

    def with_apis(
        self,
        wanted: Iterable[Values],
        found: tuple[ScenarioComparison, ...],
        apis: tuple[str, ...],
        base: ScenarioComparison | None = None,
    ) -> tuple[ScenarioComparison, ...]:
        """What was found; as on a cluster with the APIs where that is why an object is no longer there: the old chart
        did not ask for the API and the new one does, and nobody can have the object without it.
        """
        without = [one for one in found if not one.new.job.options.api_versions]
        names = {one.name for one in without if is_behind(one.removed, apis)}
        again = [one._replace(apis=apis) for one in wanted if one.name in names]
        other = {one.name: one for one in self.compare(again, self.ask(again), base=base) if one.is_comparable}
        return tuple(other.get(one.name, one) if one in without else one for one in found)

    def refused(self, base: ScenarioComparison) -> tuple[ScenarioComparison, ...]:
        """Both charts with images from elsewhere, where the new one may refuse them."""
        values = mirrored(*self.sides)
        asked = [Values(MIRRORED, values)] if values else []
        return self.compare(asked, self.ask(asked), base=base)

    def _answer(self, charts: tuple[Chart, Chart], one: Values, answer: Rendered | Failure) -> Rendered | Failure:
        """What a chart renders to; where a stand-in may be why it does not, the chart is rendered as it is."""
        if isinstance(answer, Rendered) or not may_be_to_blame(answer, *charts):
            return answer
        return next(self._engine.render([self._job(charts[0], one)]))

    def _rendering(self, side: Side, one: Values, answer: Rendered | Failure, known: Known) -> Rendering:
        if one.turned:  # none of them decides about what is missing
            absent = self._absent.get(side)
        else:
            absent = missing(side.chart, one.values) if self._lacks else None
            self._absent.setdefault(side, absent)
        return _rendering(self._job(self._charts[side][1], one), answer, one.name, known, absent)


def _is_refused(setting: Setting, one: ScenarioComparison) -> bool:
    """Whether the new chart has another kind of value where something was set, and fails with it."""
    return setting.is_retyped and one.old.failure is None and one.new.failure is not None


def _as_again(rendering: Rendering, again: Parsed) -> Rendering:
    """A rendering with what the same job gave a second time."""
    return rendering._replace(again=again)


def _rendering(job: Job, answer: Rendered | Failure, name: str, known: Known, absent: Missing | None) -> Rendering:
    """``absent`` are the dependencies that the chart was rendered without. It may not be able to do without them."""
    if isinstance(answer, Failure):
        return Rendering(job, failure=absent.failure if absent else answer)
    parsed = parse(answer.files, scenario=name, known=known)
    broken = next((one for one in parsed.bad if one.kind in ("yaml", "not-a-mapping")), None)
    if broken is not None:  # which Helm only sees after it has rendered
        return Rendering(job, failure=Failure("render", f"{broken.source}: {broken.message}", broken.source))
    felt = absent.names if absent and not absent.switched_off else ()
    files = {path: known[path][0] if path in known else text for path, text in answer.files.items()}  # one copy of each
    return Rendering(job, parsed, None, files, answer.crds, without=felt)
