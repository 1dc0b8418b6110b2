"""Rendering the scenarios of charts and letting the rules see them, while the next ones render.

What was found is kept as drafts. When all scenarios of a chart were seen, the rules about the chart itself see it, with
what Helm's own lint says, and the drafts become findings.
"""

from collections.abc import Iterable, Iterator
from itertools import tee
from typing import TYPE_CHECKING

from chartgen.engine.api import Engine, Failure, Job, LintMessage, Options, Rendered
from chartgen.engine.objects import Known, parse
from chartgen.lint import ignored
from chartgen.lint.drafts import Draft
from chartgen.lint.excuses import Excuse, excuses
from chartgen.lint.finish import findings, sources
from chartgen.lint.helmlint import as_rendered, is_worth_asking
from chartgen.lint.judge import Judge
from chartgen.lint.places import Lookup
from chartgen.lint.remember import Memory, Remembered
from chartgen.lint.scenarios import DEFAULT, Scenario
from chartgen.lint.second import objects_of, second_release
from chartgen.lint.standins import may_be_to_blame
from chartgen.lint.subject import Subject
from chartgen.lint.tasks import Linted, Task
from chartgen.rules.base import ChartContext, ScenarioContext
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.lint.fixops import Plan

HELM_LINT = "helm-lint"


class Seen(NamedTuple):
    """A chart whose scenarios have been judged, and what the engine is doing about it."""

    subject: Subject
    judge: Judge
    key: str
    chart: ChartContext
    helm: Iterator[tuple[LintMessage, ...] | Failure]
    lookup: Lookup


def judged(tasks: Iterable[Task | Linted], engine: Engine) -> Iterator[Seen | Linted]:
    """Render every scenario of every chart, let the rules see it, and set the engine to what that leads to."""
    ahead, behind = tee(tasks)
    answers = engine.render(_jobs(ahead))
    for task in behind:
        if isinstance(task, Linted):
            yield task
            continue
        subject, settings, judge, key = task
        chart = ChartContext(subject.chart, settings.options, documents=subject.documents)
        chart.schemas, chart.is_asked = settings.schemas, bool(settings.kube_versions)
        chart.scenarios = {one.name: None if one.error or one.set_values else one.values for one in subject.scenarios}
        known: Known = {}
        for job in second_release(subject, judge, settings.options):
            chart.second_release = objects_of(_answer(subject, job, next(answers), engine), known)
        first: Rendered | Failure | None = None
        if subject.unreadable:
            _see(subject, ScenarioContext(chart, DEFAULT, failure=subject.unreadable), judge)
        for scenario in subject.scenarios:
            answer = None
            if not scenario.error:
                answer = _answer(subject, _job(subject, scenario, settings.options), next(answers), engine)
            context = _context(chart, scenario, answer, known)
            if context.failure:
                subject.failures[scenario.name] = context.failure
            _see(subject, context, judge)
            if isinstance(answer, Rendered):
                _keep_texts(subject, scenario.name, answer)
            if scenario.name == DEFAULT:
                first = answer
        subject.forgive()
        jobs = _helm_lint(subject, judge, settings.options, first, engine.name)
        helm = engine.lint(jobs)
        yield Seen(subject, judge, key, chart, helm, Lookup(subject, engine, settings.options))
    # Every answer was asked for above.
    assert next(answers, None) is None


def _helm_lint(
    subject: Subject, judge: Judge, options: Options, first: Rendered | Failure | None, engine: str
) -> tuple[Job, ...]:
    """What Helm's own lint is asked: the chart as its default values rendered it, or nothing."""
    if HELM_LINT not in judge.ids or subject.unreadable or not is_worth_asking(subject.chart, first, engine):
        return ()
    return (Job(subject.chart if first is None else as_rendered(subject.chart, first), options=options),)


def finished(one: Seen | Linted, memory: Memory | None, plans: "list[Plan] | None") -> Linted:
    """Let the rules see the chart itself, with what Helm's own lint says about it, and work out all places."""
    if isinstance(one, Linted):
        return one
    subject, judge = one.subject, one.judge
    for answer in one.helm:
        # A chart that Helm's lint cannot bear cannot be rendered either, and is reported for that.
        one.chart.helm_messages = () if isinstance(answer, Failure) else answer
    for draft in judge.chart(one.chart) if not subject.unreadable else ():
        subject.add(draft, "")
    kept, allowed = findings(subject, judge, one.lookup.places())
    if plans is not None:
        plans += subject.plans
    done = Remembered(
        subject.name,
        len(subject.scenarios),
        subject.objects,
        tuple(kept),
        tuple(allowed),
        sources(subject, (*kept, *allowed)),
        ignored.used(judge.policy, subject),
        ignored.spoken_of(judge.policy, subject),
        bool(subject.failures or subject.unreadable),
        judge.crashed,
    )
    if memory is not None and one.key and not done.crashed and not subject.was_cut_short:
        memory.keep(one.key, done)
    return Linted(judge, done)


def _keep_texts(subject: Subject, scenario: str, answer: Rendered) -> None:
    """Keep the rendered files whose lines will be asked for: those with something first seen in this scenario."""
    seen: list[Draft | Excuse] = [*subject.drafts.values(), *subject.excuses.values()]
    spots = [spot for one in seen if one.scenarios[:1] == [scenario] for spot in one.spots]
    sources = {spot.source for spot in spots if spot.is_rendered}
    texts = {source: answer.files[source] for source in sorted(sources) if source in answer.files}
    if texts:
        subject.texts[scenario] = texts


def _jobs(tasks: Iterable[Task | Linted]) -> Iterator[Job]:
    for task in tasks:
        if isinstance(task, Linted):
            continue
        subject, settings, judge, _ = task
        yield from second_release(subject, judge, settings.options)
        for scenario in subject.scenarios:
            if not scenario.error:
                yield _job(subject, scenario, settings.options)
                judge.warm_up(subject.chart)  # while a worker is busy with the first chart


def _job(subject: Subject, scenario: Scenario, options: Options) -> Job:
    return Job(subject.to_render, scenario.values, scenario.set_values, scenario.circumstances(options))


def _answer(subject: Subject, job: Job, answer: Rendered | Failure, engine: Engine) -> Rendered | Failure:
    """What a job renders to; where a stand-in may be why it does not, the chart is rendered as it is.

    Jobs that the engine took before that was known have had stand-ins, too.
    """
    if isinstance(answer, Rendered) or not may_be_to_blame(answer, subject.chart, subject.stood_in):
        return answer
    subject.to_render = subject.chart
    return next(engine.render([job._replace(chart=subject.chart)]))


def _context(
    chart: ChartContext, scenario: Scenario, answer: Rendered | Failure | None, known: Known
) -> ScenarioContext:
    if scenario.error:
        error = scenario.error
        failure = Failure("values-file", error.message, scenario.file, error.line, error.column)
        return ScenarioContext(chart, scenario.name, scenario.file, failure=failure)
    if isinstance(answer, Failure):
        set_by_user = scenario.set_by_user
        return ScenarioContext(chart, scenario.name, scenario.file, failure=answer, set_by_user=set_by_user)
    assert answer is not None
    parsed = parse(answer.files, scenario=scenario.name, known=known)
    return ScenarioContext(
        chart,
        scenario.name,
        scenario.file,
        parsed,
        objections=answer.objections,
        crds=answer.crds,
        versions=scenario.versions,
    )


def _see(subject: Subject, context: ScenarioContext, judge: Judge) -> None:
    """Judge one scenario and keep what was found."""
    parsed = context.parsed
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
