"""Indented JSON, quicker than the standard library writes it: a chart has thousands of lines of it."""

from __future__ import annotations

from collections.abc import Mapping
from json.encoder import encode_basestring_ascii as _string
from typing import Any


def dumps(value: Any, indent: int = 0) -> str:
    """Plain data as JSON with two blanks a level, the first line not indented; the text of ``json.dumps`` with
    ``indent=2``.
    """
    return _value(value, "\n" + " " * indent)


def _value(value: Any, line: str) -> str:
    kind = type(value)
    if kind is str:
        return _string(value)
    inner = line + "  "
    if kind is dict or isinstance(value, Mapping):
        if not value:
            return "{}"
        shown = [
            f"{inner}{_string(key)}: {_string(item) if type(item) is str else _value(item, inner)}"
            for key, item in value.items()
        ]
        return "{" + ",".join(shown) + line + "}"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if value is None:
        return "null"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int | float):
        return repr(value)
    if not value:
        return "[]"
    return "[" + ",".join([inner + _value(item, inner) for item in value]) + line + "]"
