"""The comments of values.yaml, as far as comparing needs them."""

from __future__ import annotations

from collections.abc import Mapping

from chartgen.compare.side import VALUES, Side
from chartgen.location import Pointer
from chartgen.templates.abstract import Parts


def comment_above(side: Side, parts: Parts) -> str:
    """The comment that stands directly above a key of values.yaml, without its marks; ``""`` when there is none."""
    line = side.locate(VALUES, Pointer(parts), key=True).line
    text = side.values_lines
    found: list[str] = []
    at = (line or 0) - 2
    while 0 <= at < len(text) and text[at].lstrip().startswith("#"):
        found.append(text[at].strip().lstrip("#").strip(" -"))
        at -= 1
    return " ".join(reversed(found)).strip()


def comments_about(side: Side, parts: Parts) -> tuple[str, ...]:
    """The comment lines directly above a key of values.yaml, and those below it that are indented further: examples."""
    line = side.locate(VALUES, Pointer(parts), key=True).line
    if line is None:
        return ()
    text = side.values_lines
    depth = _indent(text[line - 1])
    above, below = line - 2, line
    while above >= 0 and text[above].lstrip().startswith("#"):
        above -= 1
    while below < len(text) and text[below].lstrip().startswith("#") and _is_below(text[below], depth):
        below += 1
    return tuple(text[above + 1 : line - 1] + text[line:below])


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
    return any(line.lstrip("#- \t").startswith(wanted) for line in side.values_lines if line.lstrip().startswith("#"))
