"""Where on a template line the text is that a rendered place came from.

Only what can be matched without doubt gets a column: the key if it stands once on the line, the value behind it, or
the one action of a line that is nothing else. Otherwise the column is unknown, and the whole line is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from chartgen.lint.drafts import Spot

# Texts, which `re` compiles when a line has something of the kind.
_ACTION = r"\{\{-?\s*.*?\s*-?\}\}"
_BLANK_COMMENT = r"\{\{-?\s*/\*.*?\*/\s*-?\}\}"
_QUOTES = ("'", '"')
_JOINED = ("_", ".", "/", "-")
_KEY = r"\s*(?:-\s+)?['\"]?[\w./-]+['\"]?:\s+(?=\{\{)"
_LIST_ITEM = r"\s*-\s+(?P<value>\S.*?)\s*$"


def span(line: str, spot: Spot) -> tuple[int, int] | None:
    """The 1-based column of a spot in its template line and the column one past its end, or None."""
    text = _without_comment(line)
    found = _of_key(text, spot) if spot.key else _of_item(text, spot)
    return found or _only_action(text)


def _of_key(text: str, spot: Spot) -> tuple[int, int] | None:
    keys = list(_keys(text, spot.key))
    if len(keys) != 1:
        return None
    begin, stop = keys[0]
    start, end = _trimmed(text, text.index(":", stop) + 1)
    if spot.at_key or start >= end:
        return begin + 1, stop + 1
    return _once(text, spot.value, start, end) or (start + 1, end + 1)


def _keys(text: str, key: str) -> Iterator[tuple[int, int]]:
    """Where a key stands, with its quotes: behind nothing that would make it a longer one, and before a colon."""
    at = text.find(key)
    while at >= 0:
        begin, stop = at, at + len(key)
        if text[at - 1 : at] in _QUOTES and text[stop : stop + 1] == text[at - 1 : at]:
            begin, stop = begin - 1, stop + 1
        before, behind = text[begin - 1 : begin], text[stop:].lstrip()
        if not (before.isalnum() or before in _JOINED) and behind[:1] == ":" and not behind[1:2].strip():
            yield begin, stop
        at = text.find(key, at + 1)


def _of_item(text: str, spot: Spot) -> tuple[int, int] | None:
    match = re.match(_LIST_ITEM, text)
    if match is None or (spot.inner and not match["value"]):
        return None
    return match.start("value") + 1, match.end("value") + 1


def _once(text: str, value: Any, start: int, end: int) -> tuple[int, int] | None:
    """The literal text of a value, if it stands between two offsets exactly once."""
    literal = value if isinstance(value, str) else ""
    if not literal or "\n" in literal or text.count(literal, start, end) != 1:
        return None
    at = text.index(literal, start, end)
    return at + 1, at + len(literal) + 1


def _trimmed(text: str, start: int) -> tuple[int, int]:
    end = len(text.rstrip())
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _only_action(text: str) -> tuple[int, int] | None:
    """The action of a line that holds nothing else, but maybe a key: everything else it rendered to came from it."""
    start, end = _trimmed(text, 0)
    if key := re.match(_KEY, text):
        start = key.end()
    match = re.match(_ACTION, text[start:]) if text.startswith("{{", start) else None
    return (start + 1, end + 1) if match and start + match.end() == end else None


def _without_comment(line: str) -> str:
    """The line with YAML and template comments at its end blanked; columns stay what they are."""
    text = re.sub(_BLANK_COMMENT, lambda match: " " * len(match[0]), line) if "/*" in line else line
    match = re.search(r"\s#(?:\s|$)", text) if "#" in text else None
    if match and not re.search(r"['\"{]", text[match.start() :]):
        text = text[: match.start()]
    return text
