"""Helm's own lint is asked only where it may say something that no rule of ours says."""

from collections.abc import Iterator

import pytest

from chartgen.engine.api import Job
from chartgen.engine.embedded import Embedded
from chartgen.lint.helmlint import as_rendered, is_worth_asking
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, ChartRule
from chartgen.rules.examples import page


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with Embedded(time_limit=3) as engine:
        yield engine


@pytest.mark.parametrize("group", sorted({module.split(".")[-2] for module in catalogue.ids().values()}))
def test_it_has_nothing_to_add_where_it_is_not_asked(group: str, engine: Embedded) -> None:
    rule = catalogue.rule("helm-lint")
    assert isinstance(rule, ChartRule)
    charts = [
        (f"{rule_id}: {example.title}", example.chart())
        for rule_id, module in catalogue.ids().items()
        if module.split(".")[-2] == group
        for example in page(catalogue.rule(rule_id)).examples
    ]
    answers = list(engine.render(Job(chart) for _, chart in charts))
    asked = [
        (title, chart, answer)
        for (title, chart), answer in zip(charts, answers, strict=True)
        if not is_worth_asking(chart, answer, "embedded")
    ]
    assert asked or group == "monitoring" or len(charts) < 3
    messages = engine.lint(Job(as_rendered(chart, answer)) for _, chart, answer in asked)
    for (title, chart, _), said in zip(asked, messages, strict=True):
        assert isinstance(said, tuple), title
        found = list(rule.check(ChartContext(chart, helm_messages=said)))
        assert not found, f"{title}: {[fault.message for fault in found]}"


def test_another_helm_is_always_asked(engine: Embedded) -> None:
    chart = page(catalogue.rule("floating-image-tag")).examples[0].chart()
    (answer,) = engine.render([Job(chart)])
    assert not is_worth_asking(chart, answer, "embedded")
    assert is_worth_asking(chart, answer, "helm")
