"""What Helm says when values do not meet a schema, or the schema is none."""

from __future__ import annotations

import re

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure
from chartgen.location import Pointer
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

BEGINNING = "values don't meet the specifications of the schema(s) in the following chart(s):"

_OWN = "values.schema.json"
_BROKEN = r"(?s)\n(?P<chart>\S+):\n(?!- at ')(?P<message>.*)"
_COMPLAINT = r"- at '(?P<pointer>[^']*)': (?P<message>.+)"
_URL = r"\"?file://[^\s\"]*?values\.schema\.json(?P<pointer>#[^\s\"]*)?\"?"


def failure(text: str, chart: Chart) -> Failure:
    """Helm's text as a failure: without a path when it is about values, at the schema when that is at fault."""
    if match := re.match(_BROKEN, text.removeprefix(BEGINNING)):
        path = _OWN if match["chart"] == chart.name else f"charts/{match['chart']}/{_OWN}"
        return _of_schema(match["message"], chart, path if path in chart.files else _OWN)
    return Failure("values", _complaints(text, chart))


def _of_schema(text: str, chart: Chart, path: str) -> Failure:
    """What is wrong with a schema itself, which Helm words as if the values were to blame."""
    content = chart.files.get(path, b"").decode("utf-8-sig", "replace")
    if "is not valid against metaschema" in text:
        # Of a chain of complaints the last says what the others only follow from.
        complaints = list(re.finditer(_COMPLAINT, text))
        told = [match for match in complaints if not re.fullmatch(r"'(all|any)Of' failed", match["message"])]
        if told:
            line, column = _place(content, told[-1]["pointer"])
            about = "; ".join(f"at '{match['pointer']}': {match['message']}" for match in told)
            return Failure("values", f"is not a JSON schema: {about}", path, line, column)
    import json

    try:
        json.loads(content)
    except json.JSONDecodeError as error:
        return Failure("values", f"is not JSON: {text}", path, error.lineno, error.colno)
    except (ValueError, RecursionError):
        pass
    return Failure("values", re.sub(_URL, lambda match: f"'{match['pointer'] or path}'", text), path)


def _place(content: str, pointer: str) -> tuple[int | None, int | None]:
    try:
        location = read(content).locate(_indexes(pointer))
    except (YamlError, ValueError):
        return None, None
    return (location.line, location.column) if location.exact else (None, None)


def _indexes(pointer: str) -> Pointer:
    """A pointer whose numbers are places in lists."""
    return Pointer(tuple(int(part) if str(part).isdecimal() else part for part in Pointer.parse(pointer).parts))


def _complaints(text: str, chart: Chart) -> str:
    """The complaints of all charts on one line; those of subcharts with the subchart's name."""
    complaints: list[str] = []
    subject = ""
    for line in text.splitlines()[1:]:
        if line.startswith("- "):
            complaints.append(subject + line[2:])
        elif line.endswith(":") and not line.startswith(" ") and " " not in line:
            subject = "" if line[:-1] == chart.name else f"{line[:-1]}: "
        elif complaints and line.startswith(" "):
            complaints[-1] += f" {line.strip()}"
        elif line.strip():
            complaints.append(subject + line.strip())
    return "values do not meet values.schema.json: " + "; ".join(complaints)
