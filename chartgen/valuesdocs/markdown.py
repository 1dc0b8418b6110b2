"""Markdown by its lines, as far as tables, headings and markers go."""

import re
from collections.abc import Iterator, Sequence

from chartgen.tuples import NamedTuple

BEGIN = "<!-- chartgen:values -->"
END = "<!-- /chartgen:values -->"
"""What stands between them is made from values.yaml."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")


class Table(NamedTuple):
    """A table: the lines of its header and its rows (the one below the header left out), as indexes into a text."""

    header: int
    rows: range

    @property
    def end(self) -> int:
        """The index of the first line behind it."""
        return self.rows.stop


def shape(line: str) -> str:
    """A line without what only aligns it: equal for rows that say the same."""
    text = re.sub(r"\s*\|\s*", "|", line.strip())
    return re.sub(r"\|:?-+:?(?=\|)", "|-", text) if _DELIMITER.match(line.strip()) else text


def code(lines: Sequence[str]) -> set[int]:
    """The lines that stand in fenced code."""
    inside: set[int] = set()
    fence = ""
    for index, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            inside.add(index)
            if match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif match:
            inside.add(index)
            fence = match[1]
    return inside


def tables(lines: Sequence[str], header: Sequence[str]) -> list[Table]:
    """The tables with a header of these words."""
    wanted = "|" + "|".join(header) + "|"
    skipped = code(lines)
    found = []
    for index in range(len(lines) - 1):
        if index not in skipped and shape(lines[index]) == wanted and _DELIMITER.match(lines[index + 1].strip()):
            end = index + 2
            while end < len(lines) and lines[end].lstrip().startswith("|"):
                end += 1
            found.append(Table(index, range(index + 2, end)))
    return found


def headings(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Line, level and text of each heading."""
    skipped = code(lines)
    for index, line in enumerate(lines):
        if index not in skipped and (match := _HEADING.match(line.rstrip("\r\n"))):
            yield index, len(match[1]), match[2]


def first_cell(line: str) -> str:
    """What stands in the first column of a row, without backticks."""
    return shape(line).removeprefix("|").partition("|")[0].strip("`")


def line_end(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"
