"""Fixes charts: rounds of changes, each of them proved by rendering and judging the chart again.

In a round every fix that can be made is made at once, in memory. The chart is then linted again: each finding that was
to be fixed is gone, there is no new one, and no object differs in anything else. When that is not so, halves of the
fixes are tried, until what cannot be proved is left out; it may have another way to be made in the next round. A fix
that overlaps with another one waits for the next round, too. Nothing is written here.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from chartgen.chart.model import Chart
from chartgen.engine.api import Engine, Job
from chartgen.fielddata import CannotEdit
from chartgen.findings import Finding, Report
from chartgen.lint.fixops import Conflict, Op, Plan, changed
from chartgen.lint.fixproof import Answer, Wanted, objection
from chartgen.lint.fixtrial import Recorder, want
from chartgen.lint.run import Settings, lint
from chartgen.tuples import NamedTuple

_ROUNDS = 12
_TRIALS = 100
_CHANCES = 1
"""Rounds, renderings of a chart in all of them, and new chances of a fix, after which what is left is left."""


class Dropped(NamedTuple):
    """A finding whose fix was not made, and why."""

    finding: Finding
    reason: str


class Fixed(NamedTuple):
    """What became of one chart: itself, what is still found in it, which findings are gone and which stayed, and why.

    ``waiting`` are the findings whose fixes need ``unsafe``.
    """

    chart: Chart
    report: Report
    done: tuple[Finding, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    waiting: tuple[Finding, ...] = ()

    def files(self, before: Chart) -> dict[str, bytes]:
        """The files that are not what they were."""
        return {path: content for path, content in self.chart.files.items() if before.files.get(path) != content}


def fix(
    chart: Chart,
    *,
    engine: Engine,
    settings: Settings = Settings(),
    unsafe: bool = False,
    only: frozenset[str] | None = None,
) -> Fixed:
    """Fix what can be fixed in a chart; without ``unsafe`` only what needs no decision.

    ``only`` are the fingerprints of the findings to look at, all where it is None.

    Raises as ``lint`` does.
    """
    return _Run(engine, settings._replace(fixes=True), unsafe=unsafe, only=only).fixed(chart)


class _State(NamedTuple):
    """A chart with what it renders to and what is found in it."""

    chart: Chart
    report: Report
    plans: tuple[Plan, ...]
    answers: tuple[Answer, ...]
    jobs: tuple[Job, ...]


class _Group(NamedTuple):
    """The plans that one set of changes fulfils; they stand and fall together."""

    ops: tuple[Op, ...]
    plans: tuple[Plan, ...]

    def rule(self) -> str:
        """The rule whose finding is fixed, the first where there are several."""
        return self.plans[0].finding.rule


class _Run:
    def __init__(self, engine: Engine, settings: Settings, *, unsafe: bool, only: frozenset[str] | None) -> None:
        self._engine = engine
        self._settings = settings
        self._unsafe = unsafe
        self._only = only
        self._trials = 0
        self._tried: Counter[_Key] = Counter()
        self._reasons: dict[_Key, str] = {}
        self._repeated: tuple[Answer, ...] | None = None
        self._forgiven: Counter[_Key] = Counter()

    def fixed(self, chart: Chart) -> Fixed:
        state = self._judged(chart)
        done: list[Finding] = []
        for _ in range(_ROUNDS):
            groups = self._groups(state)
            if not groups or self._trials >= _TRIALS:
                break
            self._repeated = None
            accepted, state = self._search(state, (), groups, state)
            done += [plan.finding for group in accepted for plan in group.plans]
            if accepted:
                self._forgive()
        waiting = [plan.finding for plan in self._asked(state) if not (plan.fix.safe or self._unsafe)]
        dropped = [
            Dropped(plan.finding, self._reasons.get(_key(plan), plan.obstacle or "it was not tried"))
            for plan in self._asked(state)
            if plan.fix.safe or self._unsafe
        ]
        return Fixed(state.chart, state.report, tuple(done), tuple(dropped), tuple(waiting))

    def _asked(self, state: _State) -> list[Plan]:
        """The plans for what is to be fixed."""
        return [plan for plan in state.plans if self._only is None or plan.finding.fingerprint in self._only]

    def _judged(self, chart: Chart) -> _State:
        self._trials += 1
        recorder = Recorder(self._engine, chart)
        plans: list[Plan] = []
        report = lint([chart], engine=recorder, settings=self._settings, plans=plans)
        return _State(chart, report, tuple(plans), tuple(recorder.answers), tuple(recorder.jobs))

    def _groups(self, state: _State) -> list[_Group]:
        """What is to be tried next: the first way of every plan that has not failed, as far as they go together."""
        by_ops: dict[str, _Group] = {}
        for plan in self._asked(state):
            number = self._tried[_key(plan)]
            if number < len(plan.ways) and (plan.fix.safe or self._unsafe):
                known = by_ops.get(repr(plan.ways[number]), _Group(plan.ways[number], ()))
                by_ops[repr(known.ops)] = known._replace(plans=(*known.plans, plan))
        groups: list[_Group] = []
        left = list(by_ops.values())
        while left:
            number = _compatible(state.chart, groups, left)
            groups += left[:number]
            for group in left[number : number + 1]:
                if why := _obstacle(state.chart, group):
                    self._reject(group, why)
            del left[: number + 1]
        return sorted(groups, key=_Group.rule)

    def _search(
        self, base: _State, accepted: tuple[_Group, ...], groups: Sequence[_Group], last: _State, doomed: str = ""
    ) -> tuple[tuple[_Group, ...], _State]:
        """The groups that can be proved together with those accepted, and the state they lead to (``last`` so far).

        ``doomed`` is why all of them together are known to fail.
        """
        if not groups or self._trials >= _TRIALS:
            return accepted, last
        failed: list[_Group] = []
        reason = doomed
        if not doomed:
            trial = (*accepted, *groups)
            state = self._judged(changed(base.chart, _ops(trial)))
            failed, reason = self._verdict(base, trial, state)
            if not reason:
                return trial, state
        if failed and not any(group in accepted for group in failed):
            for group in failed:
                self._reject(group, reason)
            return self._search(base, accepted, [group for group in groups if group not in failed], last)
        if len(groups) == 1:
            self._reject(groups[0], reason)
            return accepted, last
        half = _middle(groups)
        proved, last = self._search(base, accepted, groups[:half], last)
        doomed = reason if len(proved) == len(accepted) + half else ""
        return self._search(base, proved, groups[half:], last, doomed)

    def _verdict(self, base: _State, trial: tuple[_Group, ...], state: _State) -> tuple[list[_Group], str]:
        """What is wrong with a trial, or ``""``; and the groups that are to blame, if that is known."""
        before = Counter(finding.identity for finding in base.report.findings)
        after = Counter(finding.identity for finding in state.report.findings)
        wanted = Wanted()
        aims: Counter[tuple[str, str, str]] = Counter()
        for plan in (plan for group in trial for plan in group.plans):
            aims[plan.finding.identity] += 1
            want(wanted, plan, base.chart)
        why = objection(base.answers, state.answers, wanted, lambda: self._again(base))
        if why:
            return [], why
        stay = {identity for identity, number in aims.items() if after[identity] > before[identity] - number}
        if stay:
            failed = [group for group in trial if any(plan.finding.identity in stay for plan in group.plans)]
            return failed, "it would still be found"
        new = next((one for one in state.report.findings if after[one.identity] > before[one.identity]), None)
        return [], f"it would bring {new.rule}: {new.message}" if new else ""

    def _again(self, base: _State) -> tuple[Answer, ...]:
        """The unchanged chart, rendered once more."""
        if self._repeated is None:
            self._repeated = tuple(self._engine.render(base.jobs))
        return self._repeated

    def _forgive(self) -> None:
        """Give what has failed another chance: something else has changed since."""
        for key in [key for key in self._tried if self._forgiven[key] < _CHANCES]:
            self._forgiven[key] += 1
            del self._tried[key]

    def _reject(self, group: _Group, reason: str) -> None:
        for plan in group.plans:
            self._tried[_key(plan)] += 1
            self._reasons[_key(plan)] = reason


def _middle(groups: Sequence[_Group]) -> int:
    """Where to cut groups in two: between two rules, because what one rule finds in several places goes together."""
    half = len(groups) // 2
    seams = [i for i in range(1, len(groups)) if groups[i].rule() != groups[i - 1].rule()]
    return min(seams, key=lambda seam: abs(seam - half), default=half)


_Key = tuple[str, str, str, str]


def _key(plan: Plan) -> _Key:
    """Names a plan across rounds."""
    return (*plan.finding.identity, plan.finding.message)


def _ops(groups: Iterable[_Group]) -> list[Op]:
    return [op for group in groups for op in group.ops]


def _compatible(chart: Chart, groups: Sequence[_Group], others: Sequence[_Group]) -> int:
    """How many others, from the first on, can be made together with some groups; the next one, if any, cannot."""
    if not _obstacle(chart, *groups, *others):
        return len(others)
    return bisect_left(range(1, len(others)), True, key=lambda most: bool(_obstacle(chart, *groups, *others[:most])))


def _obstacle(chart: Chart, *groups: _Group) -> str:
    """Why groups cannot be made together, or one of them even alone; ``""`` when they can."""
    try:
        changed(chart, _ops(groups))
    except CannotEdit as error:
        return str(error)
    except Conflict:
        return "its own changes overlap"
    return ""
