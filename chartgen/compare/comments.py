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


def is_mentioned(side: Side, parts: Parts) -> bool:
    """Whether values.yaml shows a key in a comment (``# key:``), the map around it being there."""
    values: object = side.values
    for part in parts[:-1]:
        values = values.get(part) if isinstance(values, Mapping) else None
    if not isinstance(values, Mapping):
        return False
    wanted = f"{parts[-1]}:"
    return any(line.lstrip("#- \t").startswith(wanted) for line in side.values_lines if line.lstrip().startswith("#"))
