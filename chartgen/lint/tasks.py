"""The charts of a run, each with what is asked of it, what it is judged by, and what is remembered of it."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure
from chartgen.errors import ChartgenError
from chartgen.lint.judge import Judge
from chartgen.lint.remember import Memory, Remembered
from chartgen.lint.rounds import rounds
from chartgen.lint.scenarios import GivenScenario, scenarios
from chartgen.lint.settings import Settings
from chartgen.lint.subject import Subject
from chartgen.location import Location
from chartgen.policy.model import Policy
from chartgen.tuples import NamedTuple


class Judges:
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


class Task(NamedTuple):
    """One chart of a run, with what it is asked, and the key that it is to be remembered by, if it is."""

    subject: Subject
    settings: Settings
    judge: Judge
    key: str = ""


class Linted(NamedTuple):
    """What was found in one chart, and the judge that its policy has."""

    judge: Judge
    found: Remembered


def tasks(
    charts: Iterable[tuple[Chart | ChartgenError, Settings]], judges: Judges, memory: Memory | None
) -> Iterator[Task | Linted]:
    """Take charts one by one, each with what it is asked. Raises CannotDo for a rule that does not exist."""
    for chart, own in charts:
        judge = judges.of(own.policy)
        judge.fixes = own.fixes
        key, known = "", None
        if memory is not None and isinstance(chart, Chart):
            key, known = memory.recall(chart, own, own.policy)
        yield Task(_subject(chart, own), own, judge, key) if known is None else Linted(judge, known)


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
