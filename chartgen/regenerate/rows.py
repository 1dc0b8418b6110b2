"""The rows of tables in Markdown are merged each by itself, where git sees neighbouring lines.

The README of a chart has a row for each value, and ``chartgen docs`` edits those whose default somebody changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from chartgen.regenerate.lines import Texts


def agreed(texts: Texts) -> Texts:
    """The three texts with each row that only one side changed being that side's in all of them.

    A row is known by its first cell, where all three have just one such row.
    """
    found = [text.split("\n") for text in texts]
    rows = [_rows(lines) for lines in found]
    for key in rows[0].keys() & rows[1].keys() & rows[2].keys():
        base, mine, new = (lines[row[key]] for lines, row in zip(found, rows, strict=True))
        if mine in (base, new) or base == new:
            for lines, row in zip(found, rows, strict=True):
                lines[row[key]] = new if mine == base else mine
    merged = ["\n".join(lines) for lines in found]
    return Texts(merged[0], merged[1], merged[2])


def _rows(lines: Sequence[str]) -> dict[str, int]:
    """Where the rows stand whose first cell no other has."""
    cells = {
        number: line.split("|")[1].strip()
        for number, line in enumerate(lines)
        if line.startswith("|") and "|" in line[1:]
    }
    often = Counter(cells.values())
    return {cell: number for number, cell in cells.items() if cell and often[cell] == 1}
