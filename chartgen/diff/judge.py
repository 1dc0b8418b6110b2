"""Asks every judgement about two charts. What one says in several scenarios alike is said once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.base import ChartJudgement, Judgement, PairJudgement, ScenarioJudgement, Verdict
from chartgen.tuples import NamedTuple


class Draft(NamedTuple):
    """A verdict and the scenarios it shows in, in their order; none when it is about the charts as such."""

    verdict: Verdict
    scenarios: tuple[str, ...]


class Judging(NamedTuple):
    """What all judgements said, and a sentence for each that failed."""

    drafts: tuple[Draft, ...]
    crashes: tuple[str, ...] = ()


def judge(both: Comparison, judgements: Sequence[Judgement]) -> Judging:
    """Ask all judgements. One that raises is left out and told of; the others go on."""
    found: dict[tuple[str, str, str, str], tuple[Verdict, list[str]]] = {}
    crashes: dict[str, str] = {}
    turned = frozenset(scenario.name for scenario in both.scenarios if scenario.base is not None)
    for one in judgements:
        for scenario, ask in _questions(one, both):
            try:
                verdicts = list(ask())
            except Exception as error:
                crashes.setdefault(one.id, f"judgement {one.id} failed: {type(error).__name__}: {error}")
                continue
            for verdict in verdicts:
                key = _key(verdict)
                found.setdefault(key, (verdict, []))[1].extend([scenario] if scenario else _switched(verdict, turned))
    drafts = tuple(Draft(verdict, both.shown(names)) for verdict, names in found.values())
    return Judging(drafts, tuple(crashes.values()))


def _questions(one: Judgement, both: Comparison) -> Iterator[tuple[str, Callable[[], Iterator[Verdict]]]]:
    """What a judgement is asked: the scenario, and the asking."""
    if isinstance(one, ChartJudgement):
        yield "", partial(one.check, both)
        return
    for scenario in both.scenarios:
        if not scenario.says_more:
            continue
        if isinstance(one, ScenarioJudgement):
            yield scenario.name, partial(one.check, scenario, both)
        elif isinstance(one, PairJudgement):
            for pair in (*scenario.pairs, *(scenario.renamed if one.renamed else ())):
                if _concerns(one, pair) and scenario.is_new(pair):
                    yield scenario.name, partial(one.check, pair, scenario, both)


def _switched(verdict: Verdict, turned: frozenset[str]) -> list[str]:
    """The scenario of what a judgement about the charts as such points at, where it is one with a switch turned on."""
    at = verdict.new or verdict.old
    return [at.obj.scenario] if at is not None and at.obj is not None and at.obj.scenario in turned else []


def _concerns(one: PairJudgement, pair: ObjectPair) -> bool:
    if not (pair.applied or pair.unstable) or (one.kinds and pair.kind not in one.kinds):
        return False
    return one.hooks or not (pair.old.hooks or pair.new.hooks)


def _key(verdict: Verdict) -> tuple[str, str, str, str]:
    at = verdict.new or verdict.old
    return (sys.intern(verdict.judgement.id), verdict.subject, str(at.pointer) if at else "", verdict.message)
