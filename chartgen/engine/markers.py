"""Markers in templates: which template line a rendered line came from is read off the rendered text.

A marker holds a file's number and a line's, between two characters of Unicode's private area. It stands at the end of a
template line, where it is text like any other: it never reaches a function, because only ``define`` blocks do, and
those are left alone. It must not change what is trimmed, so there is none behind ``-}}`` and none on blank lines; nor
is there one inside an action that spans lines. A line without a marker belongs to the next marker below: what an
``include`` puts out stands before the marker of the line it is called on.
"""

import re
from collections.abc import Sequence

from chartgen.engine.gotemplate import Action, actions
from chartgen.tuples import NamedTuple

_BEGIN, _END = "\ue8f1", "\ue8f2"
_MARKER = re.compile(f"{_BEGIN}(\\d+)\\.(\\d+)(\\??){_END}")


class Origin(NamedTuple):
    """The template line a rendered line came from, or None when that is not known.

    ``exact`` is false when lines without a marker (they end in ``-}}``) may have printed into it: the line is then the
    first known at or after the one that is meant.
    """

    line: int | None = None
    exact: bool = False


UNKNOWN = Origin()


def mark(text: str, number: int) -> str:
    """A template with markers. ``number`` says which file it is."""
    found = actions(text)
    ends = list(_line_ends(text, found))
    doubtful = _doubtful(ends, found)
    parts: list[str] = []
    done = 0
    for end in ends:
        if end.safe:
            doubt = "?" if end.number in doubtful else ""
            parts += (text[done : end.at], f"{_BEGIN}{number}.{end.names}{doubt}{_END}")
            done = end.at
    return "".join((*parts, text[done:]))


def unmark(text: str, number: int) -> tuple[str, tuple[Origin, ...]]:
    """A rendered text without markers, and the origin of each of its lines in file ``number``."""
    plain: list[str] = []
    origins: list[Origin] = []
    pending = 0
    wanted = str(number)
    for rendered in text.split("\n"):
        if _BEGIN not in rendered:
            plain.append(rendered)
            pending += 1
            continue
        pieces = _MARKER.split(rendered)
        if len(pieces) == 5 and pieces[1] == wanted and not pieces[4]:  # its one marker at its end, as usual
            plain.append(pieces[0])
            origins += [Origin(int(pieces[2]), not pieces[3])] * (pending + 1)
            pending = 0
            continue
        texts = pieces[0::4]
        plain.append("".join(texts))
        own = [
            (index, Origin(int(line), not doubt))
            for index, (file, line, doubt) in enumerate(zip(pieces[1::4], pieces[2::4], pieces[3::4], strict=True))
            if file == wanted
        ]
        if own:
            origins += [own[0][1]] * pending
            pending = 0
        if (origin := _of_line(texts, own)) is None:
            pending += 1
        else:
            origins.append(origin)
    return "\n".join(plain), (*origins, *(UNKNOWN,) * pending)


def _of_line(texts: list[str], own: list[tuple[int, Origin]]) -> Origin | None:
    """The first own marker on a line with something in front of it; a marker with nothing there ends the line above."""
    begin = 0
    for index, origin in own:
        if "".join(texts[begin : index + 1]).strip():
            return origin
        begin = index + 1
    blank = not "".join(texts).strip()
    return own[0][1] if own and blank else None


class _LineEnd(NamedTuple):
    """The end of a line that is not blank: where a marker would stand and the line it would name.

    ``names`` is where an action began that ends on the line. ``prints`` says whether the line may put out anything,
    ``safe`` whether a marker changes nothing.
    """

    number: int
    at: int
    names: int
    prints: bool
    safe: bool


def _line_ends(text: str, found: Sequence[Action]) -> list[_LineEnd]:
    ends: list[_LineEnd] = []
    index = start = 0
    in_define = False
    for number, line in enumerate(text.split("\n"), 1):
        at = start + len(line.rstrip(" \t\r"))
        if index == len(found) or found[index].start >= at:  # a line without actions
            if at > start:
                ends.append(_LineEnd(number, at, number, not in_define and not line.isspace(), not in_define))
            start += len(line) + 1
            continue
        names, prints, inside, behind_trim = number, False, False, False
        position = start
        while index < len(found) and found[index].start < at:
            action = found[index]
            prints = prints or (not in_define and (action.prints or bool(text[position : action.start].strip())))
            if action.end > at:
                inside = True
                position = at
                break
            names = min(names, action.line) if action.last_line == number else names
            in_define = action.in_define
            behind_trim = action.trims_right and action.end == at
            position = max(position, action.end)
            index += 1
        prints = prints or (not in_define and bool(text[position:at].strip()))
        if at > start:
            ends.append(_LineEnd(number, at, names, prints, not (inside or in_define or behind_trim)))
        start += len(line) + 1
    return ends


def _doubtful(ends: Sequence[_LineEnd], found: Sequence[Action]) -> set[int]:
    """The lines whose markers may be reached from a line that prints and has none of its own.

    That is the next marker below; where control leaves a block on the way, each marker at a seam of that block.
    """
    blocks: dict[int, list[int]] = {}
    on_line: dict[int, list[int]] = {}
    for action in found:
        if action.block >= 0:
            blocks.setdefault(action.block, []).append(action.last_line)
            if action.keyword not in ("if", "range", "with"):
                on_line.setdefault(action.last_line, []).append(action.block)
    places = {end.number: place for place, end in enumerate(ends)}
    doubtful: set[int] = set()
    seen: set[int] = set()
    work = [place for place, end in enumerate(ends) if end.prints and not end.safe]
    while work:
        place = work.pop()
        lost = ends[place].number
        for end in ends[place + 1 :]:
            for line in {seam for block in on_line.get(end.number, ()) for seam in blocks[block]}:
                if line in places and line not in seen:
                    seen.add(line)
                    doubtful.add(line)
                    if not ends[places[line]].safe:
                        work.append(places[line])
            if end.safe:
                if end.names > lost:
                    doubtful.add(end.number)
                break
    return doubtful
