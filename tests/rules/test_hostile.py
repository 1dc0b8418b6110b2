"""No rule raises, whatever a chart holds: the examples of the pages with parts of them replaced by junk."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartgen.chart.model import Chart
from chartgen.engine.objects import parse
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, ChartRule, Fault, ObjectRule, Rule, ScenarioContext, ScenarioRule
from chartgen.rules.examples import Example, page
from chartgen.yamlread import read_all
from chartgen.yamlscalar import YamlError

WORDS = ("", "web", "*", "${X}", "100%", "-1", "a:b:c@d", "/", "\u00e9", "get", "ServiceAccount", "0" * 40, "{{")

scalars = st.none() | st.booleans() | st.integers(-3, 70000) | st.sampled_from([0.5, 1e20]) | st.sampled_from(WORDS)
junk = st.recursive(
    scalars | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from((*WORDS[1:], "name")), inner, max_size=3)
    ),
    max_leaves=6,
)


def documents(example: Example) -> dict[str, list[Any]]:
    """The files of an example as data; without those that hold template actions or are broken on purpose."""
    found = {}
    for path, text in example.files:
        if path.endswith(".yaml"):
            try:
                found[path] = [document.data for document in read_all(text)]
            except YamlError:
                continue
    return found


@cache
def charts_of(group: str) -> list[dict[str, list[Any]]]:
    rules = [rule for rule in catalogue.all_rules() if rule.group == group]
    return [found for rule in rules for example in page(rule).examples if (found := documents(example))]


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        yield from places(item, (*at, key))


def replaced(value: Any, at: tuple[Any, ...], new: Any) -> Any:
    if not at:
        return new
    if isinstance(value, dict):
        return {key: replaced(item, at[1:], new) if key == at[0] else item for key, item in value.items()}
    return [replaced(item, at[1:], new) if index == at[0] else item for index, item in enumerate(value)]


@st.composite
def spoilt(draw: st.DrawFn, charts: list[dict[str, list[Any]]]) -> dict[str, str]:
    """The files of a chart of which one to four places were replaced."""
    chart: Any = draw(st.sampled_from(charts))
    for _ in range(draw(st.integers(1, 4))):
        inside = [at for at in places(chart) if len(at) >= 2]
        if inside:
            chart = replaced(chart, draw(st.sampled_from(inside)), draw(junk))
    return {
        path: "".join(f"---\n{json.dumps(document)}\n" for document in documents)[len("---\n") :]
        for path, documents in chart.items()
    }


def faults(rule: Rule, ctx: ScenarioContext) -> Iterator[Fault]:
    """What a rule finds in a chart and its one scenario."""
    if isinstance(rule, ChartRule):
        yield from rule.check(ctx.chart)
    elif isinstance(rule, ScenarioRule):
        yield from rule.check(ctx)
    elif isinstance(rule, ObjectRule):
        for obj in ctx.objects:
            if catalogue.facts(rule.id).applies(obj.kind, hook=bool(obj.hooks)):
                yield from rule.check(obj, ctx)


@pytest.mark.parametrize("group", sorted({rule.group for rule in catalogue.all_rules()}))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_no_chart_makes_a_rule_raise(group: str, data: st.DataObject) -> None:
    files = {"Chart.yaml": "name: web", "values.yaml": "{}", **data.draw(spoilt(charts_of(group)))}
    schema = {"values.schema.json": json.dumps(data.draw(junk))}
    rendered = {path: text for path, text in files.items() if path.startswith("templates/")}
    metadata = data.draw(st.dictionaries(st.sampled_from(("name", "type", "version", "dependencies")), junk))
    chart = ChartContext(Chart.of({**files, **schema}, metadata=metadata))
    scenario = ScenarioContext(chart, "default", parsed=parse(rendered))
    for rule in catalogue.all_rules():
        for fault in faults(rule, scenario):
            assert fault.message, f"rule {rule.id} says nothing"
