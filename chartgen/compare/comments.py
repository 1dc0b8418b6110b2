"""The comments of values.yaml, as far as comparing needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from chartgen.compare.side import VALUES, Side
from chartgen.location import Pointer
from chartgen.templates.abstract import Parts


def comment_above(side: Side, parts: Parts) -> str:
    """The comment that stands directly above a key of values.yaml, without its marks; ``""`` when there is none."""
    line = side.locate(VALUES, Pointer(parts), key=True).line
    return " ".join(one.strip().lstrip("#").strip(" -") for one in _above(side.values_lines, line or 0)).strip()


def comments_about(side: Side, parts: Parts) -> tuple[str, ...]:
    """The comment lines directly above a key of values.yaml, and those below it that are indented further: examples."""
    line = side.locate(VALUES, Pointer(parts), key=True).line
    if line is None:
        return ()
    text = side.values_lines
    depth = _indent(text[line - 1])
    lines = (text[at] for at in range(line, len(text)))
    return (*_above(text, line), *takewhile(lambda one: _is_comment(one) and _is_below(one, depth), lines))


def _above(text: Sequence[str], line: int) -> list[str]:
    """The comment lines directly above a line, in their order."""
    lines = (text[at] for at in range(min(line - 1, len(text)) - 1, -1, -1))
    return list(takewhile(_is_comment, lines))[::-1]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _is_below(line: str, depth: int) -> bool:
    """Whether a comment belongs to the key above it: it, or what it would be without its mark, is indented further."""
    return _indent(line) > depth or _indent(line.lstrip().lstrip("#")) > 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def is_mentioned(side: Side, parts: Parts) -> bool:
    """Whether values.yaml shows a key in a comment (``# key:``), the map around it being there."""
    values: object = side.values
    for part in parts[:-1]:
        values = values.get(part) if isinstance(values, Mapping) else None
    if not isinstance(values, Mapping):
        return False
    wanted = f"{parts[-1]}:"
    return any(line.lstrip("#- \t").startswith(wanted) for line in filter(_is_comment, side.values_lines))
