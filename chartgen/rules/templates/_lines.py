"""The YAML around a place in a template, as far as it can be told from the lines."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from chartgen.tuples import NamedTuple

_KEY = re.compile(r"(?P<indent> *(?:- +)*)(?P<key>[\"']?[\w./$-]+[\"']?):(?:\s|$)")
_BLOCK = re.compile(r"(?:^|[:\-] +)[|>][+\-0-9]*\s*(?:#.*)?$")


class Key(NamedTuple):
    """A key of a block mapping: its column, from 0, its name, and the key that leads to it."""

    column: int
    name: str
    above: "Key | None"


class Keys:
    r"""The keys that lead to the lines of a text, which is gone through once.

    >>> Keys("a:\n  b:\n    c: 1\n").at(12)
    Key(column=4, name='c', above=Key(column=2, name='b', above=Key(column=0, name='a', above=None)))
    """

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._innermost: list[Key | None] = []
        offset = 0
        innermost: Key | None = None
        for line in text.split("\n"):
            innermost = _behind(line, innermost)
            self._starts.append(offset)
            self._innermost.append(innermost)
            offset += len(line) + 1

    def at(self, offset: int) -> Key | None:
        """The innermost key of the line of an offset: its own where it has one."""
        return self._innermost[bisect_right(self._starts, offset) - 1]


def _behind(line: str, innermost: Key | None) -> Key | None:
    """The innermost key from a line on."""
    stripped = line.strip()
    if line.startswith("---"):
        return None
    if not stripped or stripped.startswith(("#", "{{")):
        return innermost
    match = _KEY.match(line)
    start = len(line) - len(line.lstrip())
    # The dash of a list stands where its parent's keys do, or deeper.
    limit = start if match is None or "-" not in match["indent"] else start + 1
    while innermost is not None and innermost.column >= limit:
        innermost = innermost.above
    return Key(len(match["indent"]), match["key"].strip("\"'"), innermost) if match else innermost


def plain_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a template with their offsets, those in block scalars (scripts, configuration) left out."""
    offset = 0
    block = -1
    for line in text.split("\n"):
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        if block >= 0 and stripped and indent <= block and not stripped.startswith("{{"):
            block = -1
        if block < 0:
            yield offset, line
            if _BLOCK.search(stripped):
                block = indent
        offset += len(line) + 1
