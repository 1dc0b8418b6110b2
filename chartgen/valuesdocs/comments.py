"""The comments of a values.yaml, by the value they are about, in helm-docs' convention.

A comment that begins with ``# --`` describes the key below it; ``# path.to.key -- text`` may stand anywhere. Lines
that follow go on (not those with ``##``), but for ``@default -- text`` (what to show), ``@section -- name``,
``@notationType -- type``, ``@raw`` (line ends are kept) and ``@ignored`` (the key is left out, with all below it). The
conventions are those of
https://github.com/norwoodj/helm-docs#valuesyaml-metadata, looked at in its source where the text leaves a choice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chartgen.tuples import NamedTuple
from chartgen.yamlbuild import YamlList, YamlMap

Place = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


class Remark(NamedTuple):
    """What a comment says of one value.

    ``description`` may be empty. ``type`` is what was written in brackets before it (``(int/percentage)``), ``default``
    what is to be shown in place of the value. ``noted`` is the description with the lines in it that begin with
    ``##``, which older versions of helm-docs took for a part of it. ``lines`` are all lines of the comment, without
    ``#`` and a blank.
    """

    description: str = ""
    type: str = ""
    default: str = ""
    section: str = ""
    notation: str = ""
    ignored: bool = False
    noted: str = ""
    lines: tuple[str, ...] = ()


def remarks(text: str, data: Any) -> dict[Place, Remark]:
    """The remark on each value that has a comment; ``data`` is the text as ``yamlread`` read it."""
    lines = text.splitlines()
    found: dict[Place, Remark] = {}
    for place, line in _lines(data, ()):
        if above := _above(lines, line, is_item=isinstance(place[-1], int)):
            found[place] = _remark(above)
    return _with_named(found, data, lines)


def dotted(place: Place) -> str:
    """A place as helm-docs writes it: ``a.b[0]."c.d"``."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            shown = f'"{part}"' if "." in part or " " in part else part
            text += f".{shown}" if text else shown
    return text


def _lines(value: Any, place: Place) -> Iterator[tuple[Place, tuple[int, int]]]:
    """Every key and every item with the line and the column it begins at, from 0."""
    if isinstance(value, YamlMap):
        for key, item in value.items():
            mark = value.events[key][0].start_mark
            yield (*place, key), (mark.line, mark.column)
            yield from _lines(item, (*place, key))
    elif isinstance(value, YamlList):
        for index, item in enumerate(value):
            mark = value.events[index].start_mark
            yield (*place, index), (mark.line, mark.column)
            yield from _lines(item, (*place, index))


_KEY = re.compile(r"(\s*(?:- +)*)[^\s#{}\[\]-][^:]*:(\s|$)")


def _above(lines: Sequence[str], at: tuple[int, int], *, is_item: bool) -> list[str]:
    """The lines of comment above a key or an item, those behind blank lines among them.

    Not those that belong to what stands above: as far to the right as its keys, or right below it and away from this.
    A key behind a dash has none, because they are the item's.
    """
    line, column = at
    dashes = lines[line][:column].strip() if line < len(lines) else "?"
    if dashes != "-" * is_item:
        return []
    column = len(lines[line]) - len(lines[line].lstrip())
    start = line
    while start and (not (above := lines[start - 1].lstrip()) or above.startswith("#")):
        start -= 1
    block = lines[start:line]
    if start and (key := _KEY.match(lines[start - 1])):
        block = [one for one in block if not column < len(one) - len(one.lstrip()) <= len(key[1])]
    texts = [one.strip() for one in block]
    if start and texts and texts[0] and "" in texts:
        texts = texts[texts.index("") :]
    return [text for text in texts if text]


_BEGINS = re.compile(r"# --\s*(.*)")
_NAMED = re.compile(r"\s*#\s*((?!--|@)\S.*?)\s+--\s*(.*)$")
_DEFAULT = re.compile(r"#\s*@default\s+--\s+(.*)")
_SECTION = re.compile(r"#\s*@section\s+--\s+(.*)")
_NOTATION = re.compile(r"#\s*@notationType\s+--\s+(.*)")
_TYPED = re.compile(r"\((.*?)\)\s*(.*)", re.DOTALL)
_SCHEMA = re.compile(r"#\s*@schema\s*$")
_LINE = re.compile(r"#\s?(.*)")


def _remark(comment: Sequence[str]) -> Remark:
    """What a comment above a key says; the last ``# --`` in it counts."""
    ignored = any("@ignore" in line for line in comment)
    plain = tuple(line.removeprefix("#").removeprefix(" ") for line in comment)
    begins = [index for index, line in enumerate(comment) if _BEGINS.match(line)]
    if not begins:
        return Remark(ignored=ignored, lines=plain)
    first = _BEGINS.match(comment[begins[-1]])
    assert first is not None
    return _described(first[1], comment[begins[-1] + 1 :])._replace(ignored=ignored, lines=plain)


def _described(first: str, rest: Sequence[str]) -> Remark:
    """A description and the lines of comment that follow it."""
    typed = _TYPED.fullmatch(first)
    kind, text = (typed[1], typed[2]) if typed else ("", first)
    told = {"default": "", "section": "", "notation": ""}
    noted = text
    raw = in_schema = False
    for line in rest:
        if _SCHEMA.match(line):
            in_schema = not in_schema
            continue
        if in_schema or re.match(r"#\s*@(schema|ignore)", line):
            continue
        for name, pattern in (("default", _DEFAULT), ("section", _SECTION), ("notation", _NOTATION)):
            if match := pattern.match(line):
                told[name] = match[1]
                break
        else:
            if not raw and re.match(r"#\s+@raw", line):
                raw = True
            elif more := _LINE.match(line):
                noted += ("\n" if raw else " ") + more[1]
                if not line.startswith("##"):
                    text += ("\n" if raw else " ") + more[1]
    return Remark(text.rstrip(), kind, told["default"], told["section"], told["notation"], noted=noted.rstrip())


def _with_named(found: dict[Place, Remark], data: Any, lines: Sequence[str]) -> dict[Place, Remark]:
    """Add the remarks that name their key; they go before those above it."""
    places: Mapping[str, Place] | None = None
    at = 0
    while at < len(lines):
        match = _NAMED.match(lines[at])
        at += 1
        if not match:
            continue
        rest = []
        while at < len(lines) and lines[at].lstrip().startswith("#") and not _NAMED.match(lines[at]):
            rest.append(lines[at].strip())
            at += 1
        if places is None:
            places = {dotted(place): place for place in _all(data, ())}
        if (place := places.get(match[1])) is not None:
            below = found.get(place, Remark())
            told = _described(match[2], rest)
            found[place] = Remark(
                told.description or below.description,
                told.type or below.type,
                told.default or below.default,
                told.section or below.section,
                below.notation,
                below.ignored,
                told.noted or below.noted,
                below.lines,
            )
    return found


def _all(value: Any, place: Place) -> Iterator[Place]:
    """The places of all keys and items."""
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for part, item in items:
        yield (*place, part)
        yield from _all(item, (*place, part))
