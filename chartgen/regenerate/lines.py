"""Three texts become one line by line: what only one side changed is taken from it, what both did is a conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from chartgen.chart.changes import lines_of
from chartgen.tuples import NamedTuple


class Texts(NamedTuple):
    """What was generated, what a person has made of it, and what is generated now."""

    base: str
    mine: str
    new: str


class Piece(NamedTuple):
    """Some lines of what comes out. The sides differ where both changed them, each in its own way."""

    mine: str
    new: str

    @property
    def is_conflict(self) -> bool:
        """Whether somebody has to choose."""
        return self.mine != self.new


class NoGit(Exception):
    """Both sides have changed a text, and there is no git to merge it."""


def merge(texts: Texts) -> tuple[Piece, ...]:
    """What two sides have made of a text. Raises NoGit where that takes git and there is none."""
    from chartgen.chart.gitmerge import merge_file

    base, mine, new = texts
    if mine in (base, new):
        return (Piece(new, new),)
    if base == new:
        return (Piece(mine, mine),)
    # Lines without an end would become others when something comes to stand below them.
    ended = [_ended(text) for text in texts]
    marker = _marker(ended)
    found = merge_file(ended[0].encode(), ended[1].encode(), ended[2].encode(), marker=marker)
    if found is None:
        raise NoGit
    pieces = list(_pieces(lines_of(found.decode()), marker))
    ends = new.endswith("\n") if mine.endswith("\n") == base.endswith("\n") else mine.endswith("\n")
    if not ends and pieces:
        last = pieces[-1]
        pieces[-1] = Piece(last.mine.removesuffix("\n"), last.new.removesuffix("\n"))
    return tuple(pieces)


def _marker(texts: Iterable[str]) -> int:
    """How long a marker has to be so that no line of the texts is taken for one."""
    runs = (len(run) for text in texts for run in re.findall(r"^(?:<{7,}|={7,}|>{7,})", text, re.MULTILINE))
    return max(runs, default=6) + 1


def _pieces(lines: Sequence[str], marker: int) -> Iterator[Piece]:
    from chartgen.chart.gitmerge import MINE, NEW

    begin, middle, end = f"{'<' * marker} {MINE}", "=" * marker, f"{'>' * marker} {NEW}"
    bare = [line.rstrip("\r\n") for line in lines]
    agreed: list[str] = []
    at = 0
    while at < len(lines):
        if bare[at] != begin:
            agreed.append(lines[at])
            at += 1
            continue
        if agreed:
            yield Piece("".join(agreed), "".join(agreed))
            agreed = []
        half, stop = bare.index(middle, at), bare.index(end, at)
        yield Piece("".join(lines[at + 1 : half]), "".join(lines[half + 1 : stop]))
        at = stop + 1
    if agreed:
        yield Piece("".join(agreed), "".join(agreed))


def text(pieces: Iterable[Piece], *, mine: bool = True) -> str:
    """The pieces as one text, a side taken of each conflict."""
    return "".join(piece.mine if mine else piece.new for piece in pieces)


def marked(pieces: Iterable[Piece]) -> str:
    """The pieces as one text with both sides of each conflict, as git shows them."""
    return "".join(
        f"<<<<<<< yours\n{_ended(piece.mine)}=======\n{_ended(piece.new)}>>>>>>> generated\n"
        if piece.is_conflict
        else piece.mine
        for piece in pieces
    )


def _ended(part: str) -> str:
    return part if part.endswith("\n") or not part else f"{part}\n"


def places(pieces: Sequence[Piece], texts: Texts) -> Iterator[tuple[int, Piece]]:
    """Each conflict with the 1-based line of a side's own text at which that differs from the base in it."""
    own = lines_of(texts.mine)
    merged = _Lines(lines_of(text(pieces)), own)
    changed = _Lines(lines_of(texts.base), own).changed
    at = 0
    for piece in pieces:
        end = at + len(lines_of(piece.mine))
        if piece.is_conflict:
            first = merged.at(at)
            yield next((line for line in range(first, merged.at(end)) if line in changed), first) + 1, piece
        at = end


class _Lines:
    """Which lines of a text are those of another."""

    def __init__(self, other: Sequence[str], own: Sequence[str]) -> None:
        self._blocks = SequenceMatcher(None, other, own, autojunk=False).get_opcodes()
        self._last = max(len(own) - 1, 0)

    @property
    def changed(self) -> frozenset[int]:
        """The lines of the own text that the other has not, from 0."""
        return frozenset(
            line for kind, _, _, start, end in self._blocks if kind != "equal" for line in range(start, end)
        )

    def at(self, other: int) -> int:
        """The own line that is a line of the other text, or stands where that would."""
        for kind, start, end, own, _ in self._blocks:
            if start <= other < end:
                return own + (other - start) * (kind == "equal")
        return self._last
