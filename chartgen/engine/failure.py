r"""Helm's error texts -> Failure: what went wrong and where, in one line.

Helm's library and its command word their errors alike. The forms, with ``c`` for the chart's name:

- ``parse error at (c/templates/x.yaml:6): function "f" not defined`` (a line, no column)
- ``execution error at (c/templates/x.yaml:4:3): boom`` (``fail``, ``required``)
- ``template: c/templates/x.yaml:4:6: executing "..." at <div 1 0>: error calling div: ...``
- a chain, outermost first: ``c/templates/x.yaml:4:13\n  executing "..." at <...>:\n    error calling include:\n`` ...
- ``values don't meet the specifications of the schema(s) in the following chart(s):\nc:\n- at '/a': got number, ...``
"""

from __future__ import annotations

import re

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure
from chartgen.yamlread import read_all
from chartgen.yamlscalar import YamlError

LONGEST = 600
"""Characters of a message: an endless include makes one of 96 KB."""

_TEMPLATE = r"(?P<file>[^\s:()]+?):(?P<line>\d+)(?::(?P<column>\d+))?"
_AT = rf"(?s)(?:parse|execution) error (?:at|in) \({_TEMPLATE}\): (?P<message>.*)"
_CHAIN = (
    rf"(?ms)^(?:template: )?{_TEMPLATE}:?\s+executing \"(?:[^\"\\]|\\.)*\" at <(?P<code>.*?)>:\s*(?P<message>.*?)"
    rf"(?=^\S+?:\d+:\d+\s*$|\Z)"
)
_NESTED = r"(?:error calling include: template: \S+: executing \"[^\"]*\" at <.*?>: )+"
_SCHEMA = "values don't meet the specifications of the schema(s) in the following chart(s):"
_LOADING = ("error unpacking subchart", "decompressed chart", "chart file ", "failed to load")
_FILE = r"cannot load ([\w./-]+):"
_NOISE = ("Error: ", "INSTALLATION FAILED: ")
_DEBUG = "\n\nUse --debug flag to render out invalid YAML"


def failure(text: str, chart: Chart, *, kind: str = "render") -> Failure:
    """Make a Failure of what Helm said. ``kind`` is taken unless the text shows that it was the values' schema."""
    text = text.removesuffix("\n").removesuffix(_DEBUG).strip()
    for noise in _NOISE:
        text = text.removeprefix(noise)
    if text.startswith(_SCHEMA):
        return Failure("values", _short(_schema(text, chart)))
    if match := re.match(_AT, text):
        return _placed(match, match["message"], chart, kind)
    if chain := list(re.finditer(_CHAIN, text)):
        # The innermost place is the one to edit; the others only lead to it.
        last = chain[-1]
        code = last["code"]
        message = re.sub(_NESTED, "", last["message"])
        return _placed(last, f"<{code}>: {message}", chart, kind, code=code)
    return _of_a_file(text, chart, kind)


def _of_a_file(text: str, chart: Chart, kind: str) -> Failure:
    """A complaint about Chart.yaml, values.yaml or the like, which is named in its text.

    Go's YAML parser is often a line off, so the place is looked up with ours.
    """
    match = re.match(_FILE, text)
    path = match[1] if match else "Chart.yaml" if text.startswith("validation: chart.metadata") else None
    kind = "load" if path or text.startswith(_LOADING) else kind
    line = column = None
    if match and match[1] in chart.files:
        try:
            read_all(chart.files[match[1]].decode("utf-8-sig", "replace"))
        except YamlError as error:
            line, column = error.line, error.column
    return Failure(kind, _short(text), path, line, column)


def chart_path(name: str, chart: Chart) -> str:
    """A template's name in Helm (``c/templates/x.yaml``) as a path relative to the chart's folder."""
    prefix = f"{chart.name}/"
    return name.removeprefix(prefix) if chart.name else name.partition("/")[2] or name


def _placed(match: re.Match[str], message: str, chart: Chart, kind: str, *, code: str = "") -> Failure:
    path = chart_path(match["file"], chart)
    line = int(match["line"])
    column = None if match["column"] is None else _column(chart, path, line, int(match["column"]), code)
    return Failure(kind, _short(message), path, line, column)


def _column(chart: Chart, path: str, line: int, offset: int, code: str) -> int:
    """Go counts bytes from 0 and may point into the middle of ``code``; people count characters from 1."""
    lines = chart.files.get(path, b"").split(b"\n")
    if line > len(lines):
        return offset + 1
    text = lines[line - 1].decode("utf-8", "replace")
    column = len(lines[line - 1][:offset].decode("utf-8", "ignore"))
    start = text.rfind(code, 0, column + len(code)) if code else -1
    return (start if 0 <= start <= column else column) + 1


def _schema(text: str, chart: Chart) -> str:
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


def _short(message: str) -> str:
    message = " ".join(message.split())
    return message if len(message) <= LONGEST else message[: LONGEST - 4] + " ..."
