"""Where something stands: a file, a position in it, and a place in the data it holds.

Positions count from 1 as editors do. What is not known is ``None``, never a pretended line 1.
"""

from bisect import bisect_right
from functools import lru_cache
from typing import Self

from chartgen.tuples import NamedTuple


class Pointer(NamedTuple):
    """A place in a YAML or JSON document: the keys and indexes that lead there (RFC 6901).

    >>> str(Pointer(("spec", "containers", 0, "image")))
    '/spec/containers/0/image'
    """

    parts: tuple[str | int, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read RFC 6901 text; every part stays a string. Raises ValueError when it does not start with ``/``."""
        if text == "":
            return cls()
        if not text.startswith("/"):
            raise ValueError(f"a pointer starts with '/' (got {text!r})")
        return cls(tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/")))

    def __truediv__(self, part: str | int) -> "Pointer":
        return Pointer((*self.parts, part))

    def __add__(self, other: "Pointer") -> "Pointer":  # type: ignore[override]
        return Pointer(self.parts + other.parts)

    def __str__(self) -> str:
        return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in self.parts)

    @property
    def dotted(self) -> str:
        """The place as people write it: ``ports.http``, ``hosts[0].paths``; keys with dots or spaces are quoted."""
        text = ""
        for part in self.parts:
            if isinstance(part, int):
                text += f"[{part}]"
            elif part and all(c.isalnum() or c in "_-/" for c in part):
                text += f".{part}" if text else part
            else:
                text += f'."{part}"' if text else f'"{part}"'
        return text

    @property
    def parent(self) -> "Pointer":
        """The place one step up; the root is its own parent."""
        return Pointer(self.parts[:-1])


class Lines:
    r"""Where the lines of a text begin, to look up many offsets in it.

    >>> Lines("a\nbc").position(3)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def location(self, file: str, start: int, end: int) -> "Location":
        """What stands between two offsets, as a place in a file."""
        return Location(file, *self.position(start), *self.position(end))


class Location(NamedTuple):
    """A place in a file as the user named it (``charts/web/templates/deployment.yaml``, ``-`` for standard input).

    ``line`` and ``column`` are 1-based, ``end_line`` and ``end_column`` point one past the last character.
    ``exact`` is false when the line is only near: the first line known at or after the place that is meant.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    pointer: Pointer = Pointer()
    exact: bool = True

    def __str__(self) -> str:
        """``app.yaml:4:9``, with as much as is known."""
        parts = [self.file or "", self.line, self.column if self.line is not None else None]
        return ":".join(str(part) for part in parts if part not in (None, ""))

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Orders locations by file, line and column; unknown positions come first."""
        return (self.file or "", self.line or 0, self.column or 0, str(self.pointer))


@lru_cache(maxsize=8)
def lines(text: str) -> tuple[str, ...]:
    """The lines of a text as editors count them, without their ends.

    A form feed ends none. The last few texts are remembered: findings come file by file.
    """
    found = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(found[:-1] if not found[-1] else found)


def excerpt(text: str, location: Location) -> str:
    r"""Draw the lines of ``text`` around a location with a caret below it, as compilers do.

    Returns ``""`` when the line is unknown or not in the text. Tabs become spaces and long lines are cut, so that the
    caret stands below the character it means. No colour and no trailing new line.

    >>> print(excerpt("a: 1\nb: x\n", Location("f.yaml", 2, 4)))
      |
    2 | b: x
      |    ^
    """
    known = lines(text)
    if location.line is None or not 1 <= location.line <= len(known):
        return ""
    width = len(str(location.line))
    raw = known[location.line - 1]
    gutter = " " * width + " |"
    shown, column, length = _cut(raw, location)
    drawn = [gutter, f"{location.line} | {shown}"]
    if column is not None:
        drawn.append(f"{gutter} {' ' * column}{'^' * length}")
    else:
        drawn.append(gutter)
    return "\n".join(line.rstrip() for line in drawn)


_WIDEST = 140


def _cut(raw: str, location: Location) -> tuple[str, int | None, int]:
    """The line as shown, the caret's 0-based column in it, and how many carets to draw."""
    if location.column is None:
        text = _printable(raw)
        return (text if len(text) <= _WIDEST else text[: _WIDEST - 3] + "..."), None, 0
    start = min(location.column - 1, len(raw))
    end = location.end_column - 1 if location.end_line == location.line and location.end_column else start + 1
    end = max(start + 1, min(end, len(raw)))
    before, meant, after = _printable(raw[:start]), _printable(raw[start:end]), _printable(raw[end:])
    if len(before) > _WIDEST // 2:
        before = "..." + before[-(_WIDEST // 2 - 3) :]
    if len(meant) > _WIDEST // 2:
        meant = meant[: _WIDEST // 2 - 3] + "..."
    shown = before + meant + after
    if len(shown) > _WIDEST:
        shown = shown[: _WIDEST - 3] + "..."
    return shown, _cells(before), max(1, _cells(meant))


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character or an emoji, none for an accent."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join("    " if c == "\t" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
