"""Schemas of values that refer to something outside of themselves.

Helm follows a ``$ref`` wherever it leads: to any file of the machine it runs on, which may be a pipe or without an end,
and to any host, the services of this machine among them, to which Go asks no proxy the way. A chart that is only
looked at opens neither. What is refused here is a schema, not the chart: it is left out, and that is said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urldefrag, urljoin

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure

_NAME = "values.schema.json"
_BASE = f"file:///{_NAME}"
"""What Helm calls the schema of every chart; relative references begin there, at the root of the machine's files."""

_KEYWORDS = ("$ref", "$dynamicRef", "$recursiveRef", "$schema")
_BUILT_IN = ("http://json-schema.org/", "https://json-schema.org/")
_MAYBE = rb'"\$(?:ref|dynamicRef|recursiveRef)"\s*:\s*"[^#]|"\$schema"\s*:\s*"(?!https?://json-schema\.org/)|\\u00'
"""What a schema holds that might refer elsewhere: a letter of a key may be written as an escape."""


def without_outside(chart: Chart) -> tuple[Chart, tuple[Failure, ...]]:
    """The chart without the schemas that refer elsewhere, packed subcharts' among them, and what to say of each."""
    files = dict(chart.files)
    found: list[Failure] = []
    for path, content in chart.files.items():
        if path.endswith(_NAME) and (place := outside(content)):
            del files[path]
            found.append(_failure(place, path))
        elif path.startswith("charts/") and path.endswith(".tgz") and (packed := _packed(content)):
            files[path], places = packed
            found += [_failure(place, path) for place in places]
    return (chart._replace(files=files), tuple(found)) if found else (chart, ())


def outside(content: bytes) -> str:
    """The first place outside itself that a schema refers to, or ``""``: a URL, or a file as the schema names it."""
    if not re.search(_MAYBE, content):
        return ""
    try:
        # Helm reads what is not UTF-8, and numbers of any length.
        schema = json.loads(content.decode("utf-8-sig", "replace"), parse_int=float)
    except ValueError:
        return ""  # Helm reads no such schema, and says why
    except RecursionError:
        return "what is nested too deeply to be looked at"
    own = {_BASE, *(base for _, base in _schemas(schema))}
    for one, base in _schemas(schema):
        for written in (one.get(keyword) for keyword in _KEYWORDS):
            if isinstance(written, str):
                target = urldefrag(_joined(base, written)).url
                if target not in own and not target.startswith(_BUILT_IN):
                    return written if target.startswith("file:") else target
    return ""


def _schemas(schema: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Every mapping in a schema with the URL that its references begin at, which ``$id`` says."""
    waiting: list[tuple[Any, str]] = [(schema, _BASE)]
    while waiting:
        value, base = waiting.pop()
        if isinstance(value, dict):
            for keyword in ("$id", "id"):
                if isinstance(name := value.get(keyword), str):
                    base = urldefrag(_joined(base, name)).url
            yield value, base
            waiting += [(one, base) for one in value.values()]
        elif isinstance(value, list):
            waiting += [(one, base) for one in value]


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference  # no URL, such as one with half a bracket: it leads nowhere, but not back either


@lru_cache(maxsize=32)  # the scenarios of a chart follow one another
def _packed(content: bytes) -> tuple[bytes, tuple[str, ...]] | None:
    """A packed subchart without such schemas, and what they refer to; None when it has none or cannot be read."""
    from chartgen.chart.archive import unpack
    from chartgen.engine.archive import archive
    from chartgen.errors import InvalidInput

    try:
        files = unpack(content, "")
    except InvalidInput:
        return None
    places = {path: place for path, text in files.items() if path.endswith(_NAME) and (place := outside(text))}
    inner = {path: packed for path, text in files.items() if path.endswith(".tgz") and (packed := _packed(text))}
    if not places and not inner:
        return None
    kept = {path: inner[path][0] if path in inner else text for path, text in files.items() if path not in places}
    told = (*places.values(), *(place for _, below in inner.values() for place in below))
    return archive(Chart(kept)), told


def _failure(place: str, path: str) -> Failure:
    is_remote = re.match("https?:", place)
    there = f"{place}, which is not fetched" if is_remote else f"{place!r}, outside the chart, which is not read"
    return Failure("values", f"the schema refers to {there}: the values were not checked against it", path)
