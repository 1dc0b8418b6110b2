"""A rule that is not asked would not have found anything: what it says it needs, it needs whatever its options say."""

from collections.abc import Iterator
from typing import Any

import pytest

from chartgen.engine.api import Failure, Job
from chartgen.engine.embedded import Embedded
from chartgen.engine.objects import parse
from chartgen.policy.compat import TOOLS, checks
from chartgen.policy.options import read_options
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, ChartRule, Fault, ObjectRule, Rule, ScenarioContext, ScenarioRule
from chartgen.rules.catalogue import Facts, Has
from chartgen.rules.examples import page

NARROWED = [one for one in catalogue.ids() if any(catalogue.facts(one)[-3:])]
"""The rules that have needs, keys or troubles."""


@pytest.fixture(scope="module")
def contexts(engine: Embedded) -> list[ScenarioContext]:
    """All examples of all rules, rendered, or with what keeps them from being."""
    charts = [example.chart() for rule in catalogue.all_rules() for example in page(rule).examples]
    found = []
    for chart, answer in zip(charts, engine.render(map(Job, charts)), strict=True):
        ctx = ChartContext(chart)
        if isinstance(answer, Failure):
            found.append(ScenarioContext(ctx, "default", failure=answer))
        else:
            parsed = parse(answer.files)
            found.append(ScenarioContext(ctx, "default", parsed=parsed, objections=answer.objections, crds=answer.crds))
    return found


def variants(rule: Rule) -> Iterator[Rule]:
    """A rule as it is, as other tools read it, and with its options turned round, one by one and all together."""
    yield rule
    made = type(rule)
    for tool in TOOLS:
        for reading in (reading for check in checks(tool).values() for reading in check.readings):
            if reading.rule == rule.id and reading.options:
                yield made(read_options(rule, reading.options))
    defaults = rule.options._asdict() if rule.options else {}
    for name, default in defaults.items():
        for value in _others(name, default):
            yield made(rule.options._replace(**{name: value}))
    switches = {name: not value for name, value in defaults.items() if isinstance(value, bool)}
    if switches:
        yield made(rule.options._replace(**switches))


def _others(name: str, default: Any) -> tuple[Any, ...]:
    if isinstance(default, bool):
        return (not default,)
    if isinstance(default, int):
        return (0, 1, 1_000_000)
    if isinstance(default, tuple):
        return ((), ("",), ("*",), ("a", *default))
    return ("baseline", "restricted") if name == "pod_security" else ()


def unasked(rule: Rule, facts: Facts, ctx: ScenarioContext) -> Iterator[Fault]:
    """What a rule would find in what it is not asked about."""
    if isinstance(rule, ObjectRule):
        for obj in ctx.objects:
            if facts.applies(obj.kind, hook=False) and not facts.has_key(obj.document.keys):
                yield from rule.check(obj, ctx)
    elif isinstance(rule, ScenarioRule):
        if not facts.looks_at_scenario(ctx):
            yield from rule.check(ctx)
    elif isinstance(rule, ChartRule) and not facts.looks_at_chart(Has(ctx.chart.chart)):
        yield from rule.check(ctx.chart)


@pytest.mark.parametrize("rule_id", NARROWED)
def test_what_a_rule_is_not_asked_about_it_would_not_find(rule_id: str, contexts: list[ScenarioContext]) -> None:
    facts = catalogue.facts(rule_id)
    for rule in variants(catalogue.rule(rule_id)):
        found = [fault.message for ctx in contexts for fault in unasked(rule, facts, ctx)]
        assert not found, f"rule {rule_id} with {rule.options} finds what its keys, needs or troubles rule out"


@pytest.mark.parametrize(
    "text", ['"host\\u0050ort": 1', "{hostPort: 1}", "<<: &x {hostPort: 1}", "- a: [{hostPort: 1}]"]
)
def test_keys_are_those_that_yaml_means(text: str) -> None:
    parsed = parse({"templates/a.yaml": f"apiVersion: v1\nkind: X\nspec:\n  {text}\n"})
    assert {"apiVersion", "kind", "spec", "hostPort"} <= parsed.objects[0].document.keys


def test_items_of_a_list_have_the_keys_of_all() -> None:
    text = (
        "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: A, x: &x {a: 1}}, {apiVersion: v1, kind: B, x: *x}]"
    )
    assert all({"a", "x"} <= obj.document.keys for obj in parse({"templates/a.yaml": text}).objects)


def test_a_word_in_a_comment_is_not_a_key() -> None:
    parsed = parse({"templates/a.yaml": "apiVersion: v1\nkind: X\nspec: {} # hostPort\n"})
    assert "hostPort" not in parsed.objects[0].document.keys
