"""The values.schema.json of a chart: made, and held against the values the chart comes with."""

import json
from collections.abc import Mapping
from typing import Any

from chartgen.chart.model import LARGEST_TEXT, Chart
from chartgen.errors import InvalidInput, Problem
from chartgen.jsonschemas import complaints, schema_error, validator
from chartgen.location import Location, Pointer
from chartgen.templates.charts import overlaid
from chartgen.valuesdocs.evidence import Evidence
from chartgen.valuesdocs.infer import MADE, STRICT, BadComment, infer
from chartgen.yamlread import Document, read
from chartgen.yamlscalar import YamlError

VALUES, SCHEMA = "values.yaml", "values.schema.json"


def values_schema(chart: Chart, *, strict: bool = False) -> str:
    """The text of a values.schema.json for a chart.

    Raises InvalidInput when values.yaml or an ``@schema`` in it cannot be read, and when what the comments ask for
    refuses the chart's own values, or those of its ``ci/*-values.yaml``.
    """
    text = chart.text(VALUES) or ""
    document = _read(chart, VALUES)
    evidence = Evidence(chart, lambda path: _mapping(chart, path))
    try:
        schema = infer(text, document.data, evidence, strict=strict)
    except BadComment as error:
        where = document.locate(Pointer(error.place), key=True, file=chart.display(VALUES))
        raise InvalidInput(
            (
                Problem(
                    error.message,
                    where,
                    "it is JSON Schema in YAML, between two lines '# @schema', or 'key:value;key:value' on one",
                    "bad-annotation",
                ),
            ),
            {chart.display(VALUES): text},
        ) from None
    if problems := refused(chart, schema, evidence):
        sources = {chart.display(path): chart.text(path) or "" for path in (VALUES, *evidence.overlays)}
        raise InvalidInput(problems, sources)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def judged(chart: Chart) -> tuple[Problem, ...]:
    """What is wrong with the values.schema.json a chart has: it is none, or refuses the chart's own values."""
    text = chart.text(SCHEMA) or ""
    where = Location(chart.display(SCHEMA))
    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        return (
            Problem(f"is not JSON: {error.msg}", where._replace(line=error.lineno, column=error.colno), "", "json"),
        )
    except (ValueError, RecursionError) as error:
        return (Problem(f"is not JSON: {error}", where, "", "json"),)
    if worst := schema_error(schema):
        return (Problem(f"is no JSON Schema: {worst.pointer.dotted}: {worst.message}", where, "", "schema"),)
    if not isinstance(schema, dict):
        return ()
    return refused(chart, schema, Evidence(chart, lambda path: _mapping(chart, path)))


def is_own(text: str) -> bool:
    """Whether a values.schema.json was made here, and may be made anew."""
    return _comment(text) in (MADE, STRICT)


def is_strict(text: str) -> bool:
    """Whether a values.schema.json was made here with ``strict``."""
    return bool(_comment(text) == STRICT)


def _comment(text: str) -> Any:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data.get("$comment") if isinstance(data, dict) else None


def refused(chart: Chart, schema: Mapping[str, Any], evidence: Evidence) -> tuple[Problem, ...]:
    """What a sound schema finds wrong with the chart's own values, alone and under each ``ci/*-values.yaml``."""
    compiled = validator(schema)
    found: list[Problem] = []
    for path, values in [(VALUES, {}), *evidence.overlays.items()]:
        document = _read(chart, path)
        try:
            for one in complaints(compiled, overlaid(evidence.values, values)):
                where = document.locate(one.pointer, file=chart.display(path))
                message = f"{one.pointer.dotted or 'the values'}: {one.message}"
                problem = Problem(message, where, "correct the value or the schema", "schema")
                found += [problem] * (path == VALUES or message not in {other.message for other in found})
        except ValueError as error:
            return (Problem(str(error), Location(chart.display(VALUES)), "", "bad-annotation"),)
    return tuple(found)


def _read(chart: Chart, path: str) -> Document:
    """A file of values. Raises InvalidInput."""
    if len(chart.files.get(path, chart.unpackaged.get(path, b""))) > LARGEST_TEXT:
        message = f"is larger than {LARGEST_TEXT >> 20} MiB"
        raise InvalidInput((Problem(message, Location(chart.display(path)), "", "yaml"),))
    try:
        document = read(chart.text(path) or "")
    except YamlError as error:
        where = Location(chart.display(path), error.line, error.column)
        raise InvalidInput(
            (Problem(error.message, where, "", "yaml"),), {chart.display(path): chart.text(path) or ""}
        ) from None
    if document.data is not None and not isinstance(document.data, dict):
        raise InvalidInput((Problem("is no mapping of values", Location(chart.display(path), 1), "", "yaml"),))
    return document


def _mapping(chart: Chart, path: str) -> Mapping[str, Any]:
    try:
        data = read((chart.text(path) or "").removeprefix("\ufeff")).data
    except YamlError:
        return {}
    return data if isinstance(data, dict) else {}
