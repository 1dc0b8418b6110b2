"""What holds for every chart we generate: its README is up to date, and its values have a schema, a strict one too."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from chartgen.valuesdocs.readme import changed, judge
from chartgen.valuesdocs.schema import SCHEMA, values_schema
from tests.laws.strategies import specs
from tests.laws.test_generated_charts import EXAMPLES, chart_of, many

some = settings(many, max_examples=max(10, EXAMPLES // 4))


@some
@given(specs)
def test_the_table_of_a_generated_chart_is_what_its_comments_say(data: dict[str, Any]) -> None:
    chart = chart_of(data)
    verdict = judge(chart)
    assert verdict.text is not None, verdict.reason
    before = chart.text("README.md") or ""
    assert (changed(before, verdict.text), verdict.text) == ((), before)


@some
@given(specs)
def test_a_schema_takes_the_values_of_a_generated_chart(data: dict[str, Any]) -> None:
    chart = chart_of(data)
    bare = chart._replace(files={path: text for path, text in chart.files.items() if path != SCHEMA})
    for strict in (False, True):
        assert values_schema(bare, strict=strict)
