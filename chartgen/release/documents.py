"""Whether what is made from values.yaml, a table in README.md and values.schema.json, is what would be made now."""

from __future__ import annotations

from chartgen.chart.model import Chart
from chartgen.errors import InvalidInput
from chartgen.valuesdocs.readme import README, readme_with_values_table

SCHEMA = "values.schema.json"


def made_anew(chart: Chart) -> dict[str, bytes]:
    """The files of a chart that are made from its values, as they would be made now.

    Only those that chartgen would make: a README with a table of values, a values.schema.json that says it was made by
    it. What cannot be made is left out.
    """
    found: dict[str, bytes] = {}
    readme = readme_with_values_table(chart)
    if readme is not None:
        found[README] = readme.encode()
    text = chart.text(SCHEMA)
    if text is not None and b"chartgen" in chart.files[SCHEMA]:
        from chartgen.valuesdocs.schema import is_own, is_strict, values_schema

        if is_own(text):
            try:
                found[SCHEMA] = values_schema(chart, strict=is_strict(text)).encode()
            except InvalidInput:
                return found
    return found


def stale(chart: Chart) -> tuple[str, ...]:
    """The files of a chart that are not what would be made from its values now."""
    return tuple(path for path, content in made_anew(chart).items() if content != chart.files.get(path))
