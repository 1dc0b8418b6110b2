"""Whether linting finds in a chart what it did not find before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from chartgen.chart.model import Chart
from chartgen.engine.api import Engine
from chartgen.errors import ChartgenError
from chartgen.findings import Finding, Severity
from chartgen.lint.remember import Memory
from chartgen.lint.run import Settings, lint
from chartgen.release.gate import Lint, Pair

CHECK = "lint-worse"


def linting(
    engine: Engine,
    *,
    settings: Callable[[str], Settings],
    threshold: Callable[[str], str],
    memory: Memory | None = None,
) -> Lint:
    """Lint both states of charts under the settings that the new one has.

    ``settings`` gives them by folder, ``threshold`` the mildest severity that counts there, or ``never``.
    """

    def found(pairs: Sequence[Pair]) -> Mapping[str, tuple[Finding, ...]]:
        judged = [one for one in pairs if one.new is not None and threshold(one.folder) != "never"]
        by_chart: dict[int, Settings] = {}
        for one in judged:
            by_chart |= {id(chart): settings(one.folder) for chart in (one.old, one.new) if chart is not None}

        def findings(charts: Sequence[Chart]) -> tuple[Finding, ...]:
            def settings_of(chart: Chart | ChartgenError) -> Settings:
                return by_chart[id(chart)]

            return lint(charts, engine=engine, settings=settings_of, memory=memory).findings if charts else ()

        before = findings([one.old for one in judged if one.old is not None])
        after = findings([one.new for one in judged if one.new is not None])
        return {one.folder: tuple(_worse(one, before, after, threshold(one.folder) or "error")) for one in judged}

    return found


def _worse(pair: Pair, before: Sequence[Finding], after: Sequence[Finding], threshold: str) -> list[Finding]:
    """What is found in the new chart and was not in the old one, as findings of the gate."""
    assert pair.new is not None
    left = Counter(one.identity for one in _of(pair.old, before)) if pair.old else Counter()
    worse = []
    for one in _of(pair.new, after):
        if left[one.identity]:
            left[one.identity] -= 1
        elif one.severity.at_least(Severity(threshold)):
            message = f"{one.chart}: {one.message} [{one.rule}]"
            worse.append(one._replace(rule=CHECK, severity=Severity.ERROR, message=message, fix=None))
    return worse


def _of(chart: Chart, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one chart, by its name and, as several may have it and one may lie in another, by its files."""
    prefix = chart.display("")
    own = [one for one in findings if one.chart == chart.name]
    return [one for one in own if not one.primary.file or one.primary.file.startswith(prefix)]
