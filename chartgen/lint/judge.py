"""Runs the rules over one chart and keeps what they find as drafts.

A rule that raises becomes a finding of its own and the run goes on: one bug of ours must not hide what the other rules
see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.lint.drafts import Draft, Spot, draft
from chartgen.location import Location
from chartgen.policy.model import Policy
from chartgen.rules.base import ChartContext, ChartRule, Fault, ObjectRule, PodRule, Rule, ScenarioContext, ScenarioRule

CRASHED = "rule-crashed"


class Judge:
    """The rules of a run, sorted by what they look at; ``crashed`` tells whether any of them raised.

    The rules' modules are imported when they are first asked for.
    """

    def __init__(self, policy: Policy) -> None:
        policy.candidates()  # raises for unknown names before any work is done
        self.policy = policy
        self.crashed = False
        self._by_kind: dict[tuple[str, bool], tuple[list[PodRule], list[ObjectRule]]] = {}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the run, sorted by group and id."""
        return self.policy.rules()

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the rules of the run."""
        return frozenset(rule.id for rule in self.rules)

    @cached_property
    def _chart_rules(self) -> list[ChartRule]:
        return [rule for rule in self.rules if isinstance(rule, ChartRule)]

    @cached_property
    def _scenario_rules(self) -> list[ScenarioRule]:
        return [rule for rule in self.rules if isinstance(rule, ScenarioRule)]

    @cached_property
    def _object_rules(self) -> list[ObjectRule]:
        return [rule for rule in self.rules if isinstance(rule, ObjectRule)]

    def chart(self, ctx: ChartContext) -> Iterator[Draft]:
        """What the rules find in the chart's own files."""
        for rule in self._chart_rules:
            yield from self._drafts(rule, "the chart", "Chart.yaml", rule.check, ctx)

    def scenario(self, ctx: ScenarioContext) -> Iterator[Draft]:
        """What the rules find in one scenario: in the whole of it, and in each of its objects."""
        for scenario_rule in self._scenario_rules:
            yield from self._drafts(scenario_rule, f"scenario {ctx.name}", "Chart.yaml", scenario_rule.check, ctx)
        pods = {id(obj): pod for obj, pod in ctx.pods}
        for obj in ctx.objects:
            pod_rules, object_rules = self._rules_for(obj)
            for rule in object_rules:
                yield from self._drafts(rule, obj.ref, obj.source, rule.check, obj, ctx)
            pod = pods.get(id(obj))
            if pod is not None:
                for pod_rule in pod_rules:
                    yield from self._drafts(pod_rule, obj.ref, obj.source, pod_rule.check_pod, obj, pod, ctx)

    def _rules_for(self, obj: RenderedObject) -> tuple[list[PodRule], list[ObjectRule]]:
        """The rules that want to see an object; the same for all objects of a kind that are hooks, or are not."""
        key = (obj.kind, bool(obj.hooks))
        if key not in self._by_kind:
            wanted = [rule for rule in self._object_rules if rule.applies(obj)]
            self._by_kind[key] = (
                [rule for rule in wanted if isinstance(rule, PodRule)],
                [rule for rule in wanted if not isinstance(rule, PodRule)],
            )
        return self._by_kind[key]

    def _drafts(
        self, rule: Rule, about: str, source: str, check: Callable[..., Iterable[Fault]], *arguments: object
    ) -> list[Draft]:
        try:
            return [self._draft(fault) for fault in check(*arguments)]
        except Exception as error:  # a rule's bug, whatever it is, is reported and the run goes on
            self.crashed = True
            return [_crash(rule, about, source, error)]

    def _draft(self, fault: Fault) -> Draft:
        own = fault.severity or fault.rule.severity
        return draft(fault, self.policy.severity(fault.rule.id, own))


def _crash(rule: Rule, about: str, source: str, error: Exception) -> Draft:
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Draft(
        CRASHED,
        Severity.ERROR,
        f"rule {rule.id} failed on {about} with {what}{_where(error)}",
        f"this is a bug in chartgen (rule {rule.id}); please report it, and use '--ignore {rule.id}' until it is fixed",
        about,
        Spot(Location(source), is_rendered=False),
    )


def _where(error: Exception) -> str:
    """The line of ours that raised, as ``(pod_rule.py:12)``."""
    trace: Any = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rsplit("/", 1)[-1]
    return f" ({file}:{trace.tb_lineno})"
