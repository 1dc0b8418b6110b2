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
    if isinstance(value, str):
        return _string(value)
    if value is True:
        return "true"
    if value is False:
        return "false"
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return repr(value)
    inner = line + "  "
    if isinstance(value, Mapping):
        if not value:
            return "{}"
        return (
            "{"
            + ",".join([f"{inner}{_string(key)}: {_value(item, inner)}" for key, item in value.items()])
            + line
            + "}"
        )
    if not value:
        return "[]"
    return "[" + ",".join([inner + _value(item, inner) for item in value]) + line + "]"
