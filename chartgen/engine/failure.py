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
from chartgen.engine import schemafailure
from chartgen.engine.api import Failure
from chartgen.location import Pointer
from chartgen.yamlread import read
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
_ENDLESS = r"(?s)^.*(?=error calling include: rendering template has a nested reference name)"
"""What leads to an endless include: 96 KB, of which what the command prints may have lost the middle."""
_LOADING = ("error unpacking subchart", "decompressed chart", "chart file ", "failed to load")
_SUBCHART = r"error unpacking subchart(?: tar)? (?P<name>\S+) in \S+: (?P<rest>.*)"
_TOO_LARGE = r"(?:decompressed )?chart file \"(?:chart/)?(?P<path>[^\"]+)\" is larger than .* (?P<size>\d+)"
_METADATA = r"validation: chart\.metadata\.(?P<key>\w+)"
_FILE = r"cannot load ([\w./-]+):"
_NOISE = ("Error: ", "INSTALLATION FAILED: ")
_DEBUG = "\n\nUse --debug flag to render out invalid YAML"


def failure(text: str, chart: Chart, *, kind: str = "render") -> Failure:
    """Make a Failure of what Helm said. ``kind`` is taken unless the text shows that it was the values' schema."""
    text = text.removesuffix("\n").removesuffix(_DEBUG).strip()
    for noise in _NOISE:
        text = text.removeprefix(noise)
    if text.startswith(schemafailure.BEGINNING):
        about = schemafailure.failure(text, chart)
        return about._replace(message=_short(about.message))
    if match := re.match(_AT, text):
        return _placed(match, match["message"], chart, kind)
    if chain := list(re.finditer(_CHAIN, text)):
        # The innermost place is the one to edit; the others only lead to it.
        last = chain[-1]
        code = last["code"]
        message = re.sub(_ENDLESS, "", re.sub(_NESTED, "", last["message"]))
        return _placed(last, f"<{code}>: {message}", chart, kind, code=code)
    return _of_a_file(text, chart, kind)


def _of_a_file(text: str, chart: Chart, kind: str) -> Failure:
    """A complaint about Chart.yaml, values.yaml or the like, which is named in its text; maybe of a subchart.

    Go's YAML parser is often a line off, so the place is looked up with ours.
    """
    folder, rest = "", text
    while match := re.match(rf"(?s){_SUBCHART}", rest):
        folder, rest = f"{folder}charts/{match['name']}/", match["rest"]
    kind = "load" if folder or text.startswith(_LOADING) else kind
    if match := re.match(_TOO_LARGE, rest):
        path = f"{folder}{match['path']}"
        size = f"is larger than {int(match['size']) >> 20} MiB, which Helm before 4.3 does not load"
        return Failure("load", f"{path} {size}", path)
    key = re.match(_METADATA, rest)
    match = re.match(_FILE, rest)
    path = f"{folder}{match[1]}" if match else f"{folder}Chart.yaml" if key else folder.rstrip("/")
    if not path:
        return Failure(kind, _short(text))
    line, column = _place(chart, path, Pointer((key["key"],)) if key else None)
    return Failure("load", _short(text), path if path in chart.files else f"{folder}Chart.yaml", line, column)


def _place(chart: Chart, path: str, key: Pointer | None) -> tuple[int | None, int | None]:
    """Where a file of the chart is no YAML, or where ``key`` stands in it."""
    try:
        document = read(chart.files.get(path, b"").decode("utf-8-sig", "surrogateescape"))
    except YamlError as error:
        return error.line, error.column
    if key is None:
        return None, None
    location = document.locate(key, key=True)
    return (location.line, location.column) if location.exact else (None, None)


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


def _short(message: str) -> str:
    message = " ".join(message.split())
    return message if len(message) <= LONGEST else message[: LONGEST - 4] + " ..."
