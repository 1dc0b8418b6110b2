"""The section *Parameters* of Bitnami's readme-generator: a heading, a text and a table for each ``@section``."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from chartgen.tuples import NamedTuple
from chartgen.valuesdocs.markdown import headings, shape
from chartgen.valuesdocs.parameters import Section, broken, table
from chartgen.valuesdocs.place import Refused

_ANCHOR = re.compile(r'<a id="[^"]*"></a>\s*')


class Place(NamedTuple):
    """The lines that hold the tables, and the level of the heading above them."""

    start: int
    stop: int
    level: int


def place(lines: Sequence[str], sections: Sequence[Section], data: Any) -> Place | None:
    """Where they stand: from below the heading *Parameters* to the last table before the next such heading."""
    found = list(headings(lines))
    for number, (at, level, text) in enumerate(found):
        if level >= 2 and text.startswith("Parameters"):
            end = next((line for line, other, _ in found[number + 1 :] if other <= level), len(lines))
            titles = {line for line, _, _ in found}
            rows = [line for line in range(at + 1, end) if lines[line].startswith("|") or line in titles]
            stop = rows[-1] + 1 if rows else at + 1
            known = _known(sections, data)
            while rows and stop < end and shape(lines[stop]) in known:
                stop += 1  # the rest of a row that was broken by a value of several lines
            return Place(at + 1, stop, level)
    return None


def level_at(lines: Sequence[str], at: int) -> int:
    """The level of the heading over a line; 1 where there is none."""
    return max(((line, level) for line, level, _ in headings(lines) if line < at), default=(0, 1))[1]


def made(inner: Sequence[str], sections: Sequence[Section], data: Any, *, level: int, first: int = 0) -> list[str]:
    """What is to stand there; ``first`` is the index of its first line. Raises Refused where text would be lost.

    A section whose lines say what they should stays as it is written.
    """
    anchors = any(_ANCHOR.search(line) for line in inner if line.startswith("#"))
    blocks = _blocks(inner)
    known = {shape(text) for section in sections for text in section.text} | _known(sections, data)
    old: dict[tuple[str, ...], list[str]] = {}
    for start, block in blocks:
        for number, line in enumerate(block):
            if line.strip() and not line.startswith(("#", "|")) and shape(line) not in known:
                raise Refused(
                    "there is text among its tables that would be lost",
                    "put it below them, or into values.yaml between @descriptionStart and @descriptionEnd",
                    first + start + number + 1,
                )
        old[_said(block)] = block
    result: list[str] = []
    for section in sections[1:]:
        lines = table(section, data)
        anchor = f'<a id="{_slug(section.name)}"></a> ' if anchors else ""
        block = ["#" * (level + 1) + f" {anchor}{section.name}", "", *_text(section), *lines]
        while block and not block[-1]:
            block.pop()
        split = (
            _said("\n".join([*block[: -len(lines)], *table(section, data, broken=True)]).split("\n")) if lines else ()
        )
        result += ["", *(old.get(_said(block)) or old.get(split) or block)]
    unchanged = [_said(block) for _, block in blocks] == [_said(block) for _, block in _blocks(result)]
    if unchanged:
        return list(inner)
    return result if first else [*result, ""]


def _known(sections: Sequence[Section], data: Any) -> set[str]:
    """The lines, but for the first, of values that may have broken a row."""
    texts = [text for section in sections for text in broken(section, data)]
    return {shape(part) for text in texts for part in f"{text}` |".split("\n")[1:]} - {""}


def _text(section: Section) -> list[str]:
    return [*section.text, ""] if section.text else []


def _said(block: Sequence[str]) -> tuple[str, ...]:
    return tuple(shape(line) for line in block if line.strip())


def _blocks(lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    """The lines from each heading to the next, without blank ones around them, and where each begins."""
    starts = [at for at, line in enumerate(lines) if line.startswith("#")]
    edges = [*([0] if not starts or starts[0] else []), *starts, len(lines)]
    found = []
    for start, end in pairwise(edges):
        block = list(lines[start:end])
        while block and not block[-1].strip():
            block.pop()
        if any(line.strip() for line in block):
            found.append((start, block))
    return found


def _slug(name: str) -> str:
    """A heading as the tool makes an anchor of it."""
    words = re.sub(r"[^a-z0-9\s-]", " ", name.lower())
    return re.sub(r"-+", "-", re.sub(r"\s+", "-", words)).strip("-")
