"""A YAML text as a tree of spans: which characters are which key and which value, and which line they are on.

For those who change a text rather than read it: every entry is there, those given twice too, and a value's end is that
of its last character, without the blank lines and comments behind it.
"""

from collections import deque
from functools import lru_cache
from typing import Any

from chartgen.libyaml import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Events,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)
from chartgen.tuples import NamedTuple
from chartgen.yamlread import read
from chartgen.yamlscalar import Event, YamlError


class Node(NamedTuple):
    """A value, or a key. ``kind`` is ``map``, ``list``, ``scalar`` or ``alias``; offsets count characters.

    ``entries`` are (key, value) in a map and (None, item) in a list. ``flow`` means brackets. ``fixed`` means an anchor
    or a tag, which a change would carry elsewhere. ``text`` is the text of a scalar, ``plain`` whether it is unquoted.
    """

    kind: str
    start: int
    end: int
    flow: bool = False
    fixed: bool = False
    text: str = ""
    plain: bool = False
    entries: "tuple[tuple[Node | None, Node], ...]" = ()

    @property
    def is_empty(self) -> bool:
        """Whether it was left out, as in ``key:``."""
        return self.kind == "scalar" and self.plain and self.start == self.end

    def find(self, part: str | int) -> int | None:
        """The index of the entry that counts for a key (the last one given) or an index; None when there is none."""
        if self.kind == "list":
            return int(part) if str(part).isdecimal() and int(part) < len(self.entries) else None
        for place in range(len(self.entries) - 1, -1, -1):
            key = self.entries[place][0]
            if key is not None and key.text == str(part):
                return place
        return None


def tree(text: str) -> Node | None:
    """The tree of the one document in a text; None for an empty one.

    Raises YamlError for broken YAML and for more than one document.
    """
    try:
        with Events(text) as next_event:
            return _document(next_event, text)
    except (YAMLError, ValueError) as error:
        raise YamlError(str(error)) from None


def _document(next_event: Any, text: str) -> Node | None:
    next_event()  # stream start
    if not isinstance(next_event(), DocumentStartEvent):
        return None
    root = _node(next_event(), next_event, text)
    assert isinstance(next_event(), DocumentEndEvent)
    if not isinstance(next_event(), StreamEndEvent):
        raise YamlError("a second document begins")
    return None if root.is_empty else root


def _node(event: Event, next_event: Any, text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, AliasEvent):
        return Node("alias", start, end, fixed=True)
    fixed = event.anchor is not None or event.tag is not None
    if isinstance(event, ScalarEvent):
        plain = not event.style
        if event.style in ("|", ">"):
            end = start + len(text[start:end].rstrip())
        return Node("scalar", start, end, fixed=fixed, text=event.value, plain=plain)
    is_map = isinstance(event, MappingStartEvent)
    assert is_map or isinstance(event, SequenceStartEvent)
    closes = MappingEndEvent if is_map else SequenceEndEvent
    entries: list[tuple[Node | None, Node]] = []
    while not isinstance(item := next_event(), closes):
        key = _node(item, next_event, text) if is_map else None
        entries.append((key, _node(next_event() if is_map else item, next_event, text)))
    if event.flow_style:
        assert item.end_mark is not None
        end = item.end_mark.index
    elif entries:
        last_key, last = entries[-1]
        end = max(last.end, last_key.end if last_key else 0)
        # An anchored mapping begins at its anchor; what counts is where its first entry does.
        first = entries[0][0] or entries[0][1]
        start = first.start if is_map else start
    return Node("map" if is_map else "list", start, end, event.flow_style, fixed, entries=tuple(entries))


class Lines:
    """A text by its lines: where they begin and end, and how far they are indented."""

    def __init__(self, text: str) -> None:
        self.text = text

    def line_start(self, at: int) -> int:
        """The offset at which the line of an offset begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """The end of the line, before its line end."""
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > at and self.text[end - 1] == "\r" else end

    def next_line(self, at: int) -> int:
        """The offset at which the next line begins, or the end of the text."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def column(self, at: int) -> int:
        """The column of an offset, from 0."""
        return at - self.line_start(at)

    def indentation(self, at: int) -> str:
        """The blanks at the beginning of the line of an offset."""
        line = self.text[self.line_start(at) : at]
        return line[: len(line) - len(line.lstrip())]

    def above_comments(self, line: int, indent: int) -> int:
        """The start of the lines of comment right above a line, at its column."""
        while line:
            above = self.line_start(line - 1)
            if not self.text[above:line].startswith(" " * indent + "#"):
                break
            line = above
        return line


class Understood(NamedTuple):
    """A text as data and as a tree. ``bounds`` are the offsets between which it may be read part by part.

    ``columns`` are how far levels and lists are indented, by the first of each.
    """

    data: Any
    root: Node | None
    bounds: tuple[int, ...]
    columns: tuple[int, int]


@lru_cache(maxsize=1)  # the fixes of a file are worked out one after the other
def understood(text: str) -> Understood:
    """What a text says and how it is written. Raises YamlError."""
    data, root = read(text).data, tree(text)
    starts = _starts(root, text)
    is_plain = isinstance(data, dict) and len(data) == len(starts)  # no key is given twice
    return Understood(data, root, (0, *(starts[1:] if is_plain else ()), len(text)), _columns(root, text))


def _columns(root: Node | None, text: str) -> tuple[int, int]:
    """How far levels and lists are indented in a text, by the first of each."""
    step = offset = None
    work = deque([root] if root else [])
    while work and (step is None or offset is None):
        node = work.popleft()
        for key, value in node.entries:
            work.append(value)
            if key is None or not value.entries or value.flow or node.flow:
                continue
            columns = [at - text.rfind("\n", 0, at) - 1 for at in (key.start, value.start)]
            if value.kind == "map":
                step = step or columns[1] - columns[0]
            elif offset is None:
                offset = columns[1] - columns[0]
    return step or 2, 2 if offset is None else offset


def _starts(root: Node | None, text: str) -> tuple[int, ...]:
    """Where the entries of a text begin, if each of them is lines that mean the same when they are read by themselves.

    Nothing for a text that is no block of keys at the left margin, or in which anything refers to something else.
    """
    if root is None or root.kind != "map" or root.flow:
        return ()
    work = [root]
    while work:
        node = work.pop()
        if node.fixed or node.kind == "alias":
            return ()
        work += [part for entry in node.entries for part in entry if part is not None]
    keys = [key for key, _ in root.entries if key is not None]
    if any(key.text == "<<" or text[key.start - 1 : key.start] not in ("", "\n") for key in keys):
        return ()
    return tuple(key.start for key in keys)
