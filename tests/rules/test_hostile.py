"""No rule raises, whatever a chart renders: the examples with one part replaced by junk."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartgen.chart.model import Chart
from chartgen.engine.objects import RenderedObject, parse
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, ChartRule, ObjectRule, Rule, ScenarioContext, ScenarioRule
from chartgen.rules.examples import page
from chartgen.yamlread import YamlError, read

WORDS = ("", "web", "*", "${X}", "100%", "-1", "a:b:c@d", "/", "\u00e9", "get", "ServiceAccount", "0" * 40, "{{")

scalars = st.none() | st.booleans() | st.integers(-3, 70000) | st.floats(allow_nan=False, allow_infinity=False)
junk = st.recursive(
    scalars | st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from((*WORDS[1:], "name")), inner, max_size=3)
    ),
    max_leaves=6,
)


def documents(*, path_of: str) -> Iterator[Any]:
    """What the examples of all rules say: the objects of their templates, or their values.yaml and Chart.yaml."""
    for rule in catalogue.all_rules():
        for example in page(rule).examples:
            for path, text in example.files:
                if path.startswith("templates/") == (path_of == "objects") and path.endswith(".yaml"):
                    for part in text.split("\n---\n"):
                        try:
                            data = read(part).data
                        except YamlError:
                            continue  # it has template actions in it, or is broken on purpose
                        if isinstance(data, dict):
                            yield data


OBJECTS = [data for data in documents(path_of="objects") if "kind" in data]
FILES = list(documents(path_of="files"))


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
def spoilt(draw: st.DrawFn, good: list[Any]) -> Any:
    data = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(1, 2))):
        data = replaced(data, draw(st.sampled_from(list(places(data)))), draw(junk))
    return data


def rendered(bodies: list[Any]) -> ScenarioContext:
    files = {f"templates/{n}.yaml": json.dumps(body) for n, body in enumerate(bodies)}
    chart = Chart.of({"Chart.yaml": "name: x", **files})
    return ScenarioContext(ChartContext(chart), "default", parsed=parse(files))


def exercise(rule: Rule, ctx: ScenarioContext) -> None:
    """Run a rule over a scenario as lint does, every fault taken."""
    if isinstance(rule, ChartRule):
        list(rule.check(ctx.chart))
    elif isinstance(rule, ScenarioRule):
        list(rule.check(ctx))
    elif isinstance(rule, ObjectRule):
        for obj in ctx.objects:
            if rule.applies(obj):
                assert all(
                    fault.place.obj is None or isinstance(fault.place.obj, RenderedObject)
                    for fault in rule.check(obj, ctx)
                )


def relevant(rule: Rule) -> list[Any]:
    kinds = rule.kinds if isinstance(rule, ObjectRule) else None
    return [body for body in OBJECTS if not kinds or body["kind"] in kinds] or OBJECTS


@pytest.mark.parametrize("rule_id", [rule.id for rule in catalogue.all_rules() if not isinstance(rule, ChartRule)])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_no_rendered_object_makes_a_rule_raise(rule_id: str, data: st.DataObject) -> None:
    rule = catalogue.rule(rule_id)
    first = data.draw(spoilt(relevant(rule)))
    others = data.draw(st.lists(spoilt(OBJECTS) | st.sampled_from(OBJECTS), max_size=4))
    exercise(rule, rendered([first, *others]))


@pytest.mark.parametrize("rule_id", [rule.id for rule in catalogue.all_rules() if isinstance(rule, ChartRule)])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(chart=spoilt(FILES), values=spoilt(FILES), template=junk)
def test_no_file_of_a_chart_makes_a_rule_raise(rule_id: str, chart: Any, values: Any, template: Any) -> None:
    files = {
        "Chart.yaml": json.dumps(chart),
        "values.yaml": json.dumps(values),
        "values.schema.json": json.dumps(values),
        "templates/x.yaml": str(template),
    }
    exercise(
        catalogue.rule(rule_id),
        ScenarioContext(ChartContext(Chart.of(files, metadata=chart if isinstance(chart, dict) else {})), "default"),
    )
