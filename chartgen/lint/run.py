"""The one function behind ``chartgen lint``.

Charts are streamed through the engine in order: every scenario is rendered, and judged while the next ones render
(``stream``). Then Helm's own lint looks at what came out, and, only where something was found, a render with markers
says which template line each rendered line came from. What was found is kept meanwhile as drafts, never the objects.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from chartgen.chart.model import Chart
from chartgen.engine.api import Engine
from chartgen.errors import ChartgenError
from chartgen.findings import Report
from chartgen.lint import ignored
from chartgen.lint.remember import Memory
from chartgen.lint.settings import DEFAULTS, Settings, SettingsOf
from chartgen.lint.stream import Seen, finished, judged
from chartgen.lint.tasks import Judges, Linted, Task, tasks

if TYPE_CHECKING:
    from chartgen.lint.fixops import Plan

__all__ = ["Settings", "SettingsOf", "each", "lint", "report"]

_BEHIND = 4
"""Charts whose Helm lint and template lines may be under way while the next ones are rendered and judged."""


def lint(
    charts: Iterable[Chart | ChartgenError],
    *,
    engine: Engine,
    settings: Settings | SettingsOf = DEFAULTS,
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
    judges = Judges()
    if isinstance(settings, Settings):
        judges.of(settings.policy)  # raises for unknown names before any chart is read
    pairs = ((chart, settings if isinstance(settings, Settings) else settings(chart)) for chart in charts)
    return report(list(each(tasks(pairs, judges, memory), engine, memory=memory, plans=plans)), judges)


def each(
    given: Iterable[Task | Linted],
    engine: Engine,
    *,
    memory: Memory | None = None,
    plans: "list[Plan] | None" = None,
) -> Iterator[Linted]:
    """What is found in each chart, in order."""
    under_way: deque[Seen | Linted] = deque()
    for one in judged(given, engine):
        under_way.append(one)
        if len(under_way) > _BEHIND:
            yield finished(under_way.popleft(), memory, plans)
    for one in under_way:
        yield finished(one, memory, plans)


def report(linted: Sequence[Linted], judges: Judges) -> Report:
    """The report on some charts, and on the policies that they were judged by."""
    done = [one.found for one in linted]
    found = [finding for one in done for finding in one.found]
    for judge in judges.all:
        found += ignored.complaints(judge, [one.found for one in linted if one.judge is judge])
    suppressed = [finding for one in done for finding in one.suppressed]
    texts = {judge.policy.file: judge.policy.text for judge in judges.all if judge.policy.file}
    return Report(
        tuple(sorted(found, key=lambda finding: finding.sort_key)),
        tuple(sorted(suppressed, key=lambda finding: finding.sort_key)),
        charts=tuple(one.name for one in done),
        scenarios=sum(one.scenarios for one in done),
        objects=sum(one.objects for one in done),
        crashed=any(one.crashed for one in done),
        sources={**texts, **{file: text for one in done for file, text in one.sources.items()}},
    )
