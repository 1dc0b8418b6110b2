"""What a trial of fixes takes: an engine that remembers what it rendered, and what all of the fixes want."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chartgen.chart.model import Chart
from chartgen.engine.api import Engine, Failure, Job, LintMessage, Rendered
from chartgen.fixes import Fix, SetField
from chartgen.lint.fixops import Plan
from chartgen.lint.fixproof import Wanted
from chartgen.lint.fixsources import at
from chartgen.location import Pointer
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError


class Recorder:
    """An engine that remembers what one chart was rendered for, scenario by scenario, and what it rendered to."""

    def __init__(self, engine: Engine, chart: Chart) -> None:
        self._engine = engine
        self._chart = chart
        self.name = engine.name
        self.identity: str = getattr(engine, "identity", "")
        self.answers: list[Rendered | Failure] = []
        self.jobs: list[Job] = []

    def render(self, jobs: Iterable[Job]) -> Iterator[Rendered | Failure]:
        """Render jobs and note the answers of those about the chart itself."""
        sent: list[Job] = []

        def noting() -> Iterator[Job]:
            for job in jobs:
                sent.append(job)
                yield job

        for number, answer in enumerate(self._engine.render(noting())):
            if sent[number].chart is self._chart:
                self.answers.append(answer)
                self.jobs.append(sent[number])
            yield answer

    def lint(self, jobs: Iterable[Job]) -> Iterator[tuple[LintMessage, ...] | Failure]:
        """Run Helm's own lint."""
        return self._engine.lint(jobs)

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def want(wanted: Wanted, plan: Plan, chart: Chart) -> None:
    """Add what a plan wants to what is wanted."""
    if plan.owner:
        wanted.by_object.setdefault(plan.owner, []).extend(plan.fix.actions)
    wanted.texts += _texts(plan.fix, chart)


def _texts(fix: Fix, chart: Chart) -> Iterator[tuple[str, str]]:
    """The texts that a fix of Chart.yaml or values.yaml changes, and what they become, wherever they are printed."""
    for action in fix.actions:
        if isinstance(action, SetField) and action.file and not isinstance(action.value, dict | list):
            try:
                old = at(read(chart.text(action.file) or "").data, Pointer(action.pointer.parts))
            except YamlError:
                continue
            if isinstance(old, str | int | float) and not isinstance(old, bool) and str(old):
                yield str(old), str(action.value)
