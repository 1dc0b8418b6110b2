"""The one function behind ``chartgen lint``.

Charts are streamed through the engine in order: every scenario is rendered, and judged while the next ones render. Then
Helm's own lint looks at what came out, and, only where something was found, a render with markers says which template
line each rendered line came from. What was found is kept meanwhile as drafts, never the rendered objects.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import tee
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from chartgen.chart.model import Chart
from chartgen.engine.api import Engine, Failure, Job, LintMessage, Options, Rendered
from chartgen.engine.objects import Known, Parsed, parse
from chartgen.errors import ChartgenError
from chartgen.findings import Report
from chartgen.kube.located import SchemaFiles
from chartgen.lint import ignored
from chartgen.lint.drafts import Draft
from chartgen.lint.excuses import Excuse, excuses
from chartgen.lint.finish import findings, sources
from chartgen.lint.helmlint import as_rendered, is_worth_asking
from chartgen.lint.judge import Judge
from chartgen.lint.places import Lookup
from chartgen.lint.remember import Memory, Remembered
from chartgen.lint.rounds import rounds
from chartgen.lint.scenarios import DEFAULT, GivenScenario, GivenValues, Scenario, scenarios
from chartgen.lint.second import objects_of, second_release
from chartgen.lint.subject import Subject
from chartgen.location import Location
from chartgen.policy.config import SCENARIO_FILES
from chartgen.policy.model import Policy
from chartgen.rules.base import ChartContext, ScenarioContext

if TYPE_CHECKING:
    from chartgen.lint.fixplan import Plan

HELM_LINT = "helm-lint"


class Settings(NamedTuple):
    """What a run is asked to do. ``values`` and ``set_values`` together are one more scenario of every chart.

    ``named`` are the policy file's own scenarios, ``scenario_files`` the patterns of a chart's files that hold one
    each. ``kube_versions`` are the Kubernetes versions the user named, ``schemas`` those brought for custom resources.
    ``where`` is the chart's folder as seen from the policy file's, ``""`` when it is the same. ``fixes`` asks for
    the edits that would cure findings, which costs time.
    """

    policy: Policy = Policy()
    values: tuple[GivenValues, ...] = ()
    set_values: tuple[str, ...] = ()
    options: Options = Options()
    kube_versions: tuple[str, ...] = ()
    schemas: SchemaFiles = SchemaFiles()
    named: tuple[GivenScenario, ...] = ()
    scenario_files: tuple[str, ...] = SCENARIO_FILES
    where: str = ""
    fixes: bool = False


SettingsOf = Callable[[Chart | ChartgenError], Settings]
"""Gives each chart its settings, whose policies are the same value for charts that share one."""


def lint(
    charts: Iterable[Chart | ChartgenError],
    *,
    engine: Engine,
    settings: Settings | SettingsOf = Settings(),
    plans: "list[Plan] | None" = None,
    memory: Memory | None = None,
) -> Report:
    """Lint charts under all their scenarios. A chart that could not be read takes part as the error that said so.

    Charts are taken one by one, so that reading one can go on while others are rendered. What can be done about the
    findings, where ``fixes`` ask for it, is added to ``plans``. A chart that ``memory`` knows is not linted again.

    Raises CannotDo for a rule that does not exist and for a ``--set`` that Helm cannot read, EngineError when Helm
    cannot be used at all. Nothing that stands in a chart raises.
    """
    memory = None if plans is not None else memory  # what is remembered has no plans
    judges = _Judges()
    under_way: deque[_Seen | Remembered] = deque()
    done: list[Remembered] = []
    for one in _judged(_tasks(charts, settings, judges, memory), engine):
        under_way.append(one)
        if len(under_way) > _BEHIND:
            done.append(_finished(under_way.popleft(), memory, plans))
    done += [_finished(one, memory, plans) for one in under_way]
    found = [finding for one in done for finding in one.found]
    found += [finding for judge in judges.all for finding in ignored.complaints(judge)]
    suppressed = [finding for one in done for finding in one.suppressed]
    texts = {judge.policy.file: judge.policy.text for judge in judges.all if judge.policy.file}
    return Report(
        tuple(sorted(found, key=lambda finding: finding.sort_key)),
        tuple(sorted(suppressed, key=lambda finding: finding.sort_key)),
        charts=tuple(one.name for one in done),
        scenarios=sum(one.scenarios for one in done),
        objects=sum(one.objects for one in done),
        crashed=any(judge.crashed for judge in judges.all),
        sources={**texts, **{file: text for one in done for file, text in one.sources.items()}},
    )


class _Judges:
    """The judges of a run, one for each policy."""

    def __init__(self) -> None:
        self._by_policy: dict[int, Judge] = {}

    def of(self, policy: Policy) -> Judge:
        """The judge for a policy; it holds on to it."""
        if id(policy) not in self._by_policy:
            self._by_policy[id(policy)] = Judge(policy)
        return self._by_policy[id(policy)]

    @property
    def all(self) -> tuple[Judge, ...]:
        """Every judge so far."""
        return tuple(self._by_policy.values())


class _Task(NamedTuple):
    """One chart of a run, with what it is asked; the key it is remembered by, and what is remembered of it."""

    subject: Subject
    settings: Settings
    judge: Judge
    key: str = ""
    known: Remembered | None = None


def _tasks(
    charts: Iterable[Chart | ChartgenError], settings: Settings | SettingsOf, judges: _Judges, memory: Memory | None
) -> Iterator[_Task]:
    if isinstance(settings, Settings):
        judges.of(settings.policy)  # raises for unknown names before any chart is read
    for chart in charts:
        own = settings if isinstance(settings, Settings) else settings(chart)
        judge = judges.of(own.policy)
        judge.fixes = own.fixes
        key, known = "", None
        if memory is not None and isinstance(chart, Chart):
            key, known = memory.recall(chart, own, own.policy)
        if known is not None:
            assert isinstance(chart, Chart)
            subject = Subject(chart, where=own.where)
            subject.used = {own.policy.ignores[place] for place in known.used}
            ignored.note(judge, subject, incomplete=known.incomplete)
            yield _Task(subject, own, judge, key, known)
        else:
            yield _Task(_subject(chart, own), own, judge, key)


def _subject(chart: Chart | ChartgenError, settings: Settings) -> Subject:
    if isinstance(chart, ChartgenError):
        where = chart.location or Location()
        failure = Failure("load", chart.message, where.file, where.line, where.column)
        return Subject(Chart({}), unreadable=failure, hint=chart.hint, where=settings.where)
    subject = Subject(chart, where=settings.where)
    if not subject.is_library:
        given = settings.named
        if settings.values or settings.set_values:
            given = (*given, GivenScenario.of(settings.values, settings.set_values))
        plain = scenarios(chart, given=given, files=settings.scenario_files)
        found = rounds(chart, settings.options, settings.kube_versions)
        subject.scenarios = tuple(scenario.on(one) for one in found for scenario in plain)
        subject.versions = reduce(or_, (one.versions for one in found))
    return subject


class _Seen(NamedTuple):
    """A chart whose scenarios have been judged, and what the engine is doing about it."""

    subject: Subject
    judge: Judge
    key: str
    chart: ChartContext
    helm: Iterator[tuple[LintMessage, ...] | Failure]
    lookup: Lookup


_BEHIND = 4
"""Charts whose Helm lint and template lines may be under way while the next ones are rendered and judged."""


def _judged(tasks: Iterable[_Task], engine: Engine) -> Iterator[_Seen | Remembered]:
    """Render every scenario of every chart, let the rules see it, and set the engine to what that leads to."""
    ahead, behind = tee(tasks)
    answers = engine.render(_jobs(ahead))
    for subject, settings, judge, key, remembered in behind:
        if remembered is not None:
            yield remembered
            continue
        chart = ChartContext(subject.chart, settings.options)
        chart.schemas, chart.is_asked = settings.schemas, bool(settings.kube_versions)
        chart.scenarios = {one.name: None if one.error or one.set_values else one.values for one in subject.scenarios}
        for _ in second_release(subject, judge, settings.options):
            chart.second_release = objects_of(next(answers))
        known: Known = {}
        first: Rendered | Failure | None = None
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
            if scenario.name == DEFAULT:
                first = answer
        subject.forgive()
        jobs = _helm_lint(subject, judge, settings.options, first, engine.name)
        helm = engine.lint(jobs)
        yield _Seen(subject, judge, key, chart, helm, Lookup(subject, engine, settings.options))
    # Every answer was asked for above.
    assert next(answers, None) is None


def _helm_lint(
    subject: Subject, judge: Judge, options: Options, first: Rendered | Failure | None, engine: str
) -> tuple[Job, ...]:
    """What Helm's own lint is asked: the chart as its default values rendered it, or nothing."""
    if HELM_LINT not in judge.ids or subject.unreadable or not is_worth_asking(subject.chart, first, engine):
        return ()
    return (Job(subject.chart if first is None else as_rendered(subject.chart, first), options=options),)


def _finished(one: _Seen | Remembered, memory: Memory | None, plans: "list[Plan] | None") -> Remembered:
    """Let the rules see the chart itself, with what Helm's own lint says about it, and work out all places."""
    if isinstance(one, Remembered):
        return one
    subject, judge = one.subject, one.judge
    for answer in one.helm:
        # A chart that Helm's lint cannot bear cannot be rendered either, and is reported for that.
        one.chart.helm_messages = () if isinstance(answer, Failure) else answer
    for draft in judge.chart(one.chart) if not subject.unreadable else ():
        subject.add(draft, "")
    kept, allowed = findings(subject, judge, one.lookup.places())
    incomplete = bool(subject.failures or subject.unreadable)
    ignored.note(judge, subject, incomplete=incomplete)
    if plans is not None:
        plans += subject.plans
    used = tuple(place for place, entry in enumerate(judge.policy.ignores) if entry in subject.used)
    texts = sources(subject, (*kept, *allowed))
    done = Remembered(
        subject.name,
        len(subject.scenarios),
        subject.objects,
        tuple(kept),
        tuple(allowed),
        texts,
        used,
        incomplete,
    )
    if memory is not None and one.key and not judge.crashed and not subject.was_cut_short:
        memory.keep(one.key, done)
    return done


def _keep_texts(subject: Subject, scenario: str, answer: Rendered) -> None:
    """Keep the rendered files whose lines will be asked for: those with something first seen in this scenario."""
    seen: list[Draft | Excuse] = [*subject.drafts.values(), *subject.excuses.values()]
    spots = [spot for one in seen if one.scenarios[:1] == [scenario] for spot in one.spots]
    sources = {spot.source for spot in spots if spot.is_rendered}
    texts = {source: answer.files[source] for source in sorted(sources) if source in answer.files}
    if texts:
        subject.texts[scenario] = texts


def _jobs(tasks: Iterable[_Task]) -> Iterator[Job]:
    for subject, settings, judge, _, remembered in tasks:
        yield from () if remembered else second_release(subject, judge, settings.options)
        for scenario in () if remembered else subject.scenarios:
            if not scenario.error:
                yield Job(subject.chart, scenario.values, scenario.set_values, scenario.circumstances(settings.options))
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
