"""Runs the rules over one chart and keeps what they find as drafts.

A rule that raises becomes a finding of its own and the run goes on: one bug of ours must not hide what the other rules
see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import chain, islice
from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.lint.drafts import Draft, Spot, draft
from chartgen.location import Location
from chartgen.policy.model import CUSTOM, Policy
from chartgen.rules.base import ChartContext, Fault, ObjectRule, PodRule, Rule, ScenarioContext
from chartgen.rules.catalogue import Has, facts

_About = RenderedObject | ScenarioContext | ChartContext

CRASHED = "rule-crashed"

MOST_OF_A_CHART = 2000
"""Faults of a rule that are told of one scenario, or of the chart's own files."""

MOST_OF_AN_OBJECT = 200
"""Faults of a rule that are told of one object."""


class Judge:
    """The rules of a run, sorted by what they look at; ``crashed`` tells whether any of them raised.

    ``required`` are the rules whose findings nobody may allow. ``fixes`` asks for what fixes would change.

    The rules' modules are imported when there is something for them to look at.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        ids = policy.ids()  # raises for unknown names before any work is done
        self.ids = frozenset(ids)
        self.required = policy.required_ids()
        self.crashed = False
        self.fixes = False
        self._by_shape: dict[str, list[str]] = {}
        for rule_id in ids:
            shape = CUSTOM if rule_id in policy.custom_ids else facts(rule_id).shape
            self._by_shape.setdefault(shape, []).append(rule_id)
        self._rules: dict[str, Rule] = {}
        self._is_warm = False
        self._of_objects = (*self._by_shape.get("pod", ()), *self._by_shape.get("object", ()))
        self._keys = frozenset(key for rule_id in self._of_objects for key in facts(rule_id).keys)
        self._applying: dict[tuple[str, bool], list[str]] = {}
        self._asked: dict[tuple[str, bool, Set[str]], tuple[list[PodRule], list[ObjectRule]]] = {}

    def warm_up(self, chart: Chart) -> None:
        """Import the rules that the first chart will need, but for what only its rendering tells."""
        if self._is_warm:
            return
        self._is_warm = True
        self._rules_for("Deployment", _USUAL, hook=False)
        self._rules_for("Service", _USUAL, hook=False)
        has = Has(chart)
        for rule_id in (*self._by_shape.get("scenario", ()), *self._by_shape.get("chart", ())):
            what = facts(rule_id)
            if not (what.kinds or what.troubles) and what.looks_at_chart(has):
                self._rule(rule_id)

    def chart(self, ctx: ChartContext) -> Iterator[Draft]:
        """What the rules find in the chart's own files."""
        has = Has(ctx.chart)
        for rule_id in self._by_shape.get("chart", ()):
            if facts(rule_id).looks_at_chart(has):
                rule: Any = self._rule(rule_id)
                yield from self._drafts(rule, rule.check, ctx)

    def scenario(self, ctx: ScenarioContext) -> Iterator[Draft]:
        """What the rules find in one scenario: in the whole of it, and in each of its objects."""
        for rule_id in self._by_shape.get("scenario", ()):
            if facts(rule_id).looks_at_scenario(ctx):
                rule: Any = self._rule(rule_id)
                yield from self._drafts(rule, rule.check, ctx)
        for obj in ctx.objects:
            pod_rules, object_rules = self._rules_for(obj.kind, obj.document.keys, hook=bool(obj.hooks))
            for object_rule in object_rules:
                yield from self._drafts(object_rule, object_rule.check, obj, ctx)
            pod = ctx.pod(obj)
            if pod is not None:
                for pod_rule in pod_rules:
                    yield from self._drafts(pod_rule, pod_rule.check_pod, obj, pod, ctx)
        for rule_id in self._by_shape.get(CUSTOM, ()):
            own: Any = self._rule(rule_id)
            yield from self._drafts(own, own.check, ctx)

    def _rule(self, rule_id: str) -> Rule:
        if rule_id not in self._rules:
            self._rules[rule_id] = self.policy.rule(rule_id)
        return self._rules[rule_id]

    def _rules_for(self, kind: str, keys: Set[str], *, hook: bool) -> tuple[list[PodRule], list[ObjectRule]]:
        """The rules that want to see the objects of a kind, with some keys, that are hooks, or are not."""
        key = (kind, hook, self._keys & keys)
        if key not in self._asked:
            applying = self._applying.get((kind, hook))
            if applying is None:
                judged = hook and not self.policy.hooks
                applying = [one for one in self._of_objects if facts(one).applies(kind, hook=judged)]
                self._applying[kind, hook] = applying
            wanted = [self._rule(one) for one in applying if facts(one).has_key(keys)]
            self._asked[key] = (
                [rule for rule in wanted if isinstance(rule, PodRule)],
                [rule for rule in wanted if isinstance(rule, ObjectRule) and not isinstance(rule, PodRule)],
            )
        return self._asked[key]

    def _drafts(
        self, rule: Rule, check: Callable[..., Iterable[Fault]], about: _About, *arguments: object
    ) -> Sequence[Draft]:
        try:
            faults = iter(check(about, *arguments))
            # Nearly every rule has nothing to say of nearly every object.
            first = next(faults, None)
            return () if first is None else self._told(rule, chain((first,), faults), about)
        except Exception as error:  # a rule's bug, whatever it is, is reported and the run goes on
            self.crashed = True
            return [_crash(rule, about, error)]

    def _told(self, rule: Rule, rest: Iterator[Fault], about: _About) -> list[Draft]:
        """Drafts of faults; of a great many the first, and how it goes on."""
        most = MOST_OF_A_CHART if isinstance(about, ChartContext | ScenarioContext) else MOST_OF_AN_OBJECT
        drafts = [self._draft(fault) for fault in islice(rest, most)]
        if len(drafts) == most and (following := next(rest, None)) is not None:
            following = following._replace(message=f"{following.message}; this is said more than {most:,} times")
            drafts.append(self._draft(following))
        return drafts

    def _draft(self, fault: Fault) -> Draft:
        own = fault.severity or fault.rule.severity
        return draft(fault, self.policy.severity(fault.rule.id, own), fixes=self.fixes)


_USUAL = frozenset(
    {"containerPort", "httpGet", "livenessProbe", "ports", "replicas", "serviceAccountName", "targetPort"}
)
"""Keys that nearly every chart has, for which some rules are asked."""


def _crash(rule: Rule, about: _About, error: Exception) -> Draft:
    name, source = "the chart", "Chart.yaml"
    if isinstance(about, RenderedObject):
        name, source = about.ref, about.source
    elif isinstance(about, ScenarioContext):
        name = f"scenario {about.name}"
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Draft(
        CRASHED,
        Severity.ERROR,
        f"rule {rule.id} failed on {name} with {what}{_where(error)}",
        f"this is a bug in chartgen (rule {rule.id}); please report it, and use '--ignore {rule.id}' until it is fixed",
        name,
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
