"""Writes YAML that every reader understands alike: ruamel.yaml's only door.

Helm reads YAML 1.1 and most other tools YAML 1.2, so a bare ``on``, ``0123`` or ``12:30:45`` means different things to
them. Every string is therefore written in double quotes; numbers, booleans and null are written bare.
"""

from __future__ import annotations

import re
from functools import cache
from io import StringIO
from typing import Any


def quote(text: str) -> str:
    """A string as one double-quoted YAML scalar on one line.

    Also a valid Go string literal for everything that is printable. Unpaired surrogates raise ValueError.
    """
    return '"' + "".join(map(_escape, _encodable(text))) + '"'


def _encodable(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("text with unpaired surrogates cannot be written") from None
    return text


_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\0": "\\0",
    "\x1b": "\\e",
    "\x07": "\\a",
    "\x08": "\\b",
}


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    if 0x20 <= code < 0x7F or (code >= 0xA0 and char.isprintable()):
        return char
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


# Bare in YAML 1.1 and 1.2 alike: begins with a letter or slash (no number, date or indicator), no blank, no "#", and a
# colon only between two other characters. Quantities such as 100m and 128Mi are no numbers in either.
_BARE = re.compile(r"[A-Za-z/][\w./@+-]*(?::[\w./@+-]+)*|[0-9]+(?:m|Ki|Mi|Gi|Ti|s|h)|[0-9]+%", re.ASCII)
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def is_bare(text: str) -> bool:
    """Whether a string may stand in YAML without quotes and stay a string for every reader."""
    return _BARE.fullmatch(text) is not None and text.lower() not in _WORDS


def plain(text: str) -> str:
    """A string as one scalar, as a person would write it: in quotes only where some reader would need them."""
    return text if is_bare(text) else quote(text)


def dump(value: Any) -> str:
    """Plain data as block YAML with every string quoted, keys in their given order, ending in a new line.

    Keys that are plain words stay bare. Raises ValueError for data that JSON could not hold.
    """
    stream = StringIO()
    _yaml().dump(_prepared(value), stream)
    text = stream.getvalue()
    return text.removesuffix("...\n")


@cache
def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 2**30
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    return yaml


def _prepared(value: Any) -> Any:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, str):
        return DoubleQuotedScalarString(_encodable(value))
    if isinstance(value, dict):
        result = CommentedMap()
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError(f"a key must be text (got {key!r})")
            result[key if _plain_key(key) else DoubleQuotedScalarString(_encodable(key))] = _prepared(item)
        if not result:
            result.fa.set_flow_style()
        return result
    if isinstance(value, list | tuple):
        items = CommentedSeq(_prepared(item) for item in value)
        if not items:
            items.fa.set_flow_style()
        return items
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and value == value and value not in (float("inf"), float("-inf")):
        return value
    raise ValueError(f"cannot be written as YAML: {value!r}")


def _plain_key(key: str) -> bool:
    return (
        key[:1].isalpha()
        and all(c.isalnum() or c in "_-./" for c in key)
        and key.isascii()
        and key.lower() not in _WORDS
    )
