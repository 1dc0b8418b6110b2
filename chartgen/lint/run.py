"""The one function behind ``chartgen lint``.

Charts are streamed through the engine in order: every scenario is rendered, and judged while the next ones render. Then
Helm's own lint looks at what came out, and, only where something was found, a render with markers says which template
line each rendered line came from. What was found is kept meanwhile as drafts, never the rendered objects.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import tee
from typing import NamedTuple

from chartgen.chart.model import Chart
from chartgen.engine.api import Engine, Failure, Job, LintMessage, Options, Rendered
from chartgen.engine.objects import Known, Parsed, parse
from chartgen.errors import ChartgenError
from chartgen.findings import Finding, Report
from chartgen.lint.drafts import Draft, Excuse, excuses
from chartgen.lint.finish import findings, sources
from chartgen.lint.helmlint import as_rendered
from chartgen.lint.judge import Judge
from chartgen.lint.places import Lookup
from chartgen.lint.scenarios import DEFAULT, GivenValues, Scenario, scenarios
from chartgen.lint.subject import Subject
from chartgen.location import Location
from chartgen.policy.model import Policy
from chartgen.rules.base import ChartContext, ScenarioContext

HELM_LINT = "helm-lint"


class Settings(NamedTuple):
    """What a run is asked to do. ``values`` and ``set_values`` together are one more scenario of every chart."""

    policy: Policy = Policy()
    values: tuple[GivenValues, ...] = ()
    set_values: tuple[str, ...] = ()
    options: Options = Options()


def lint(charts: Iterable[Chart | ChartgenError], *, engine: Engine, settings: Settings = Settings()) -> Report:
    """Lint charts under all their scenarios. A chart that could not be read takes part as the error that said so.

    Charts are taken one by one, so that reading one can go on while others are rendered.

    Raises CannotDo for a rule that does not exist and for a ``--set`` that Helm cannot read, EngineError when Helm
    cannot be used at all. Nothing that stands in a chart raises.
    """
    judge = Judge(settings.policy)
    under_way: deque[_Seen] = deque()
    done: list[_Done] = []
    for one in _judged((_subject(chart, settings) for chart in charts), judge, engine, settings):
        under_way.append(one)
        if len(under_way) > _BEHIND:
            done.append(_finished(under_way.popleft(), judge))
    done += [_finished(one, judge) for one in under_way]
    found = [finding for one in done for finding in one.found]
    suppressed = [finding for one in done for finding in one.suppressed]
    return Report(
        tuple(sorted(found, key=lambda finding: finding.sort_key)),
        tuple(sorted(suppressed, key=lambda finding: finding.sort_key)),
        charts=tuple(one.name for one in done),
        scenarios=sum(one.scenarios for one in done),
        objects=sum(one.objects for one in done),
        crashed=judge.crashed,
        sources={file: text for one in done for file, text in one.sources.items()},
    )


def _subject(chart: Chart | ChartgenError, settings: Settings) -> Subject:
    if isinstance(chart, ChartgenError):
        where = chart.location or Location()
        failure = Failure("load", chart.message, where.file, where.line, where.column)
        return Subject(Chart({}), unreadable=failure, hint=chart.hint)
    subject = Subject(chart)
    if not subject.is_library:
        subject.scenarios = scenarios(chart, given=settings.values, set_values=settings.set_values)
    return subject


class _Seen(NamedTuple):
    """A chart whose scenarios have been judged, and what the engine is doing about it."""

    subject: Subject
    chart: ChartContext
    helm: Iterator[tuple[LintMessage, ...] | Failure]
    lookup: Lookup


class _Done(NamedTuple):
    """What is kept of a chart when all is known: the chart itself is not."""

    name: str
    scenarios: int
    objects: int
    found: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    sources: dict[str, str]


_BEHIND = 4
"""Charts whose Helm lint and template lines may be under way while the next ones are rendered and judged."""


def _judged(subjects: Iterable[Subject], judge: Judge, engine: Engine, settings: Settings) -> Iterator[_Seen]:
    """Render every scenario of every chart, let the rules see it, and set the engine to what that leads to."""
    ahead, behind = tee(subjects)
    answers = engine.render(_jobs(ahead, judge, settings))
    for subject in behind:
        chart = ChartContext(subject.chart, settings.options)
        known: Known = {}
        as_default = subject.chart
        if subject.unreadable:
            _see(subject, ScenarioContext(chart, DEFAULT, failure=subject.unreadable), judge)
        for scenario in subject.scenarios:
            answer = None if scenario.error else next(answers)
            context = _context(chart, scenario, answer, known)
            if context.failure:
                subject.failures[scenario.name] = context.failure
            _see(subject, context, judge)
            if isinstance(answer, Rendered):
                _keep_texts(subject, scenario.name, answer)
            if scenario.name == DEFAULT and answer is not None:
                as_default = as_rendered(subject.chart, answer)
        subject.forgive()
        wanted = HELM_LINT in judge.ids and not subject.unreadable
        helm = engine.lint([Job(as_default, options=settings.options)] if wanted else ())
        yield _Seen(subject, chart, helm, Lookup(subject, engine, settings.options))
    # Every answer was asked for above.
    assert next(answers, None) is None


def _finished(one: _Seen, judge: Judge) -> _Done:
    """Let the rules see the chart itself, with what Helm's own lint says about it, and work out all places."""
    subject = one.subject
    for answer in one.helm:
        # A chart that Helm's lint cannot bear cannot be rendered either, and is reported for that.
        one.chart.helm_messages = () if isinstance(answer, Failure) else answer
    for draft in judge.chart(one.chart) if not subject.unreadable else ():
        subject.add(draft, "")
    kept, allowed = findings(subject, judge, one.lookup.places())
    texts = sources(subject, (*kept, *allowed))
    return _Done(subject.name, len(subject.scenarios), subject.objects, tuple(kept), tuple(allowed), texts)


def _keep_texts(subject: Subject, scenario: str, answer: Rendered) -> None:
    """Keep the rendered files whose lines will be asked for: those with something first seen in this scenario."""
    seen: list[Draft | Excuse] = [*subject.drafts.values(), *subject.excuses.values()]
    spots = [spot for one in seen if one.scenarios[:1] == [scenario] for spot in one.spots]
    sources = {spot.source for spot in spots if spot.is_rendered}
    texts = {source: answer.files[source] for source in sorted(sources) if source in answer.files}
    if texts:
        subject.texts[scenario] = texts


def _jobs(subjects: Iterable[Subject], judge: Judge, settings: Settings) -> Iterator[Job]:
    for subject in subjects:
        for scenario in subject.scenarios:
            if not scenario.error:
                yield Job(subject.chart, scenario.values, scenario.set_values, settings.options)
                judge.warm_up()  # imports rules while a worker is busy with the first chart


def _context(
    chart: ChartContext, scenario: Scenario, answer: Rendered | Failure | None, known: Known
) -> ScenarioContext:
    if scenario.error:
        error = scenario.error
        failure = Failure("values-file", error.message, scenario.file, error.line, error.column)
        return ScenarioContext(chart, scenario.name, scenario.file, failure=failure)
    if isinstance(answer, Failure):
        return ScenarioContext(chart, scenario.name, scenario.file, failure=answer)
    assert answer is not None
    parsed = parse(answer.files, scenario=scenario.name, known=known)
    return ScenarioContext(chart, scenario.name, scenario.file, parsed, objections=answer.objections, crds=answer.crds)


def _see(subject: Subject, context: ScenarioContext, judge: Judge) -> None:
    """Judge one scenario and keep what was found."""
    parsed: Parsed = context.parsed
    subject.objects += len(parsed.objects)
    subject.rendered.update(obj.source for obj in parsed.objects)
    name = "" if subject.unreadable else context.name
    for draft in judge.scenario(context):
        draft.help = draft.help or subject.hint
        subject.add(draft, name)
    for obj in parsed.objects:
        for excuse in excuses(obj):
            known = subject.excuses.setdefault(excuse.identity, excuse)
            if name not in known.scenarios:
                known.scenarios.append(name)
