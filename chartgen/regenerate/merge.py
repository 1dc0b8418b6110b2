"""One file that both a person and the generator have changed since it was generated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from chartgen.location import Lines, Pointer
from chartgen.regenerate import lines, rows
from chartgen.regenerate.base import Recorded, text_of
from chartgen.regenerate.conflict import Conflict
from chartgen.regenerate.keys import Agreed, agreed, data_of, doubled, faults
from chartgen.regenerate.lines import Texts
from chartgen.tuples import NamedTuple
from chartgen.yamlread import conflict, read
from chartgen.yamlscalar import YamlError

Side = Literal["mine", "generated"]
"""Whose text counts where both have changed it: the person's, or what is generated now."""

_BOM = "\ufeff"
_LEFT_TO_LINES = "templates/"


class Merged(NamedTuple):
    """What comes out, and what somebody has to decide, or has decided by taking a side.

    ``content`` is the file with both sides of each conflict in it where nobody has taken one.
    """

    content: bytes
    conflicts: tuple[Conflict, ...] = ()


def merge(path: str, base: Recorded, mine: bytes, new: bytes, *, side: Side | None = None) -> Merged:
    """What a person (``mine``) and the generator (``new``) have made of a file; line ends and a BOM stay as they are.

    YAML and JSON that are no templates are merged by key where the lines collide, and hold what both sides mean.
    """
    before, theirs, ours = base.text, text_of(mine), text_of(new)
    if before is None or theirs is None or ours is None:
        return Merged(new if side == "generated" else mine, (Conflict(why=_NO_TEXT if before is None else _NO_UTF8),))
    if (line := conflict(theirs)) and not conflict(ours):
        return Merged(new if side == "generated" else mine, (Conflict(line, why=_UNRESOLVED),))
    manner = _Manner.of(theirs, before)
    texts = Texts(manner.without(before), manner.without(theirs), manner.without(ours))
    try:
        found = _structured(path, texts, side) if _is_structured(path) else None
        found = found or _by_line(rows.agreed(texts) if path.endswith(".md") else texts, side)
    except lines.NoGit:
        return Merged(new if side == "generated" else mine, (Conflict(why=_NO_GIT),))
    return Merged(manner.within(found[0]).encode(), found[1])


_UNRESOLVED = "here is a conflict of git that nobody has resolved, and the file is now generated otherwise"
_NO_TEXT = "you replaced a file that is no text, and it is now generated otherwise"
_NO_UTF8 = "it is not UTF-8 text here or in what is now generated, so that the two cannot be merged"
_NO_GIT = "you edited a file that is now generated otherwise; git, which would merge the two, is not on PATH"

_Found = tuple[str, tuple[Conflict, ...]]


class _Manner(NamedTuple):
    """How a person's editor writes a text that was generated otherwise: it is merged as generated."""

    bom: bool
    crlf: bool

    @classmethod
    def of(cls, mine: str, base: str) -> _Manner:
        crlf = "\r\n" in mine and mine.count("\r\n") == mine.count("\n") and "\r" not in base
        return cls(mine.startswith(_BOM) and not base.startswith(_BOM), crlf)

    def without(self, text: str) -> str:
        text = text.removeprefix(_BOM) if self.bom else text
        return text.replace("\r\n", "\n") if self.crlf else text

    def within(self, text: str) -> str:
        return _BOM * self.bom + (text.replace("\n", "\r\n") if self.crlf else text)


def alike(mine: bytes, other: Recorded) -> bool:
    """Whether a file is what was recorded, but for the line ends and the BOM of a person's editor."""
    text = text_of(mine)
    if text is None or other.text is None:
        return Recorded.of(mine) == other
    return _Manner.of(text, other.text).without(text) == other.text


def in_manner(mine: bytes, base: Recorded, new: bytes) -> bytes:
    """A new text with the line ends and the BOM that a person's editor gave the one that was generated before."""
    texts = (text_of(mine), base.text, text_of(new))
    if texts[0] is None or texts[1] is None or texts[2] is None:
        return new
    manner = _Manner.of(texts[0], texts[1])
    return manner.within(manner.without(texts[2])).encode()


def _is_structured(path: str) -> bool:
    return path.endswith((".yaml", ".yml", ".json")) and not path.startswith(_LEFT_TO_LINES)


def _by_line(texts: Texts, side: Side | None) -> _Found:
    pieces = lines.merge(texts)
    text = lines.marked(pieces) if side is None else lines.text(pieces, mine=side == "mine")
    return text, _conflicts(pieces, texts)


def _conflicts(pieces: Sequence[lines.Piece], texts: Texts) -> tuple[Conflict, ...]:
    return tuple(Conflict(line, mine=piece.mine, new=piece.new) for line, piece in lines.places(pieces, texts))


def _structured(path: str, texts: Texts, side: Side | None) -> _Found | None:
    """The same for YAML or JSON; None where one of the texts is none, or not one that can be merged by key."""
    is_json = path.endswith(".json")
    if any(data_of(text, is_json=is_json) is None for text in texts):
        return None
    marked = texts.mine
    try:
        pieces = lines.merge(texts)
    except lines.NoGit:
        pieces = ()
    if any(piece.is_conflict for piece in pieces):
        marked = lines.marked(pieces)
    elif pieces and _wrong(lines.text(pieces), texts, is_json=is_json) is None:
        return lines.text(pieces), ()
    values = agreed(texts, take_mine=side != "generated") or Agreed(texts, ())
    text, conflicts = _by_key(values, texts, side, is_json=is_json)
    return (marked if conflicts and side is None else text), conflicts


def _by_key(values: Agreed, texts: Texts, side: Side | None, *, is_json: bool) -> _Found:
    pieces = lines.merge(values.texts)
    conflicts = _conflicts(pieces, values.texts)
    # What either side makes of it has to be right where nobody has taken one, since anybody may take one next.
    sides = (True, False) if side is None else (side == "mine",)
    for take_mine in sides if conflicts else (None,):
        text = lines.text(pieces, mine=take_mine is not False)
        if wrong := _wrong(text, values.texts, is_json=is_json, take_mine=take_mine):
            return _refused(wrong, texts, side)
    place = Lines(texts.mine)
    collisions = (
        Conflict(*place.position(one.start), one.texts.mine, one.texts.new, one.at.dotted, one.texts.base)
        for one in values.collisions
    )
    text = lines.text(pieces, mine=side != "generated")
    return text, tuple(sorted((*conflicts, *collisions), key=lambda one: (one.line or 0, one.column or 0)))


class _Wrong(NamedTuple):
    """Where a merged text is not what both sides mean, and what it would be."""

    at: Pointer
    would: str


def _wrong(text: str, texts: Texts, *, is_json: bool, take_mine: bool | None = None) -> _Wrong | None:
    """What is wrong with a merged text, ``take_mine`` telling whose side of conflicts it holds; None if nothing is."""
    merged = data_of(text, is_json=is_json)
    if merged is None:
        return _Wrong(Pointer(), "it would be what neither side says")
    meant = (data_of(one, is_json=is_json) for one in texts)
    at = next(faults(merged, *meant, take_mine=take_mine), None)
    if at is not None:
        return _Wrong(at, f"{at.dotted or 'it'} would be what neither side says")
    at = doubled(text, texts)
    return None if at is None else _Wrong(at, f"{at.dotted} would be there twice")


def _refused(wrong: _Wrong, texts: Texts, side: Side | None) -> _Found:
    """A file that cannot be merged by itself: all of it is taken from a side."""
    said = f"you edited a file that is now generated otherwise; merged by line, {wrong.would}"
    text = texts.new if side == "generated" else texts.mine
    return text, (Conflict(_line_of(texts.mine, wrong.at), why=said),)


def _line_of(text: str, place: Pointer) -> int | None:
    try:
        return read(text).locate(place).line if place.parts else None
    except YamlError:
        return None
