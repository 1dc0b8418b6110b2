"""Runs the examples on the judgements' pages through the real diff."""

from collections.abc import Callable
from dataclasses import dataclass

from chartgen.changes import DiffReport, Judged
from chartgen.diff.run import diff
from chartgen.engine.api import Engine
from chartgen.judgements.base import Judgement
from chartgen.judgements.examples import Pair, page


@dataclass(frozen=True)
class Verdict:
    """One pair of an example and what was said of it: by its judgement, and by all."""

    pair: Pair
    own: tuple[Judged, ...]
    report: DiffReport

    @property
    def told(self) -> str:
        """The verdicts for the eye, in the message of a failing test."""
        return "".join(f"\n  {one.judgement}: {one.message} ({one.old} -> {one.new})" for one in self.report.judged)


Verdicts = Callable[[str], list[Verdict]]


def judge(judgement: Judgement, engine: Engine) -> list[Verdict]:
    """Compare the two charts of every example of a judgement, under all judgements."""
    return [_verdict(judgement, pair, engine) for pair in page(judgement).pairs]


def _verdict(judgement: Judgement, pair: Pair, engine: Engine) -> Verdict:
    old, new = pair.before.chart()._replace(origin="old"), pair.after.chart()._replace(origin="new")
    report = diff(old, new, engine=engine)
    assert not report.crashed, report.unjudged
    return Verdict(pair, tuple(one for one in report.judged if one.judgement == judgement.id), report)


def places(judged: tuple[Judged, ...], side: str) -> frozenset[tuple[str, int | None]]:
    """Where verdicts point on one side (``old`` or ``new``): a file of the chart and a line, which may be unknown."""
    found = (one.old if side == "old" else one.new for one in judged)
    return frozenset(((where.file or "").partition("/")[2], where.line) for where in found if where is not None)
