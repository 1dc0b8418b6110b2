"""What a parsed Go template is made of, as ``text/template/parse`` sees it, with the offsets of everything.

A template is a list of nodes. A node's ``kind`` says what it is and which of its fields mean something:

- ``text``: what is printed as it stands; ``comment``
- ``action``: ``pipe`` is printed, or assigned
- ``if``, ``with``, ``range``: ``pipe``, ``body``, and behind ``else`` the ``other``; an ``else if`` is a node in that
- ``define``, ``block``: ``name``, ``body``, and the ``pipe`` of a block
- ``template``: ``name`` and ``pipe``
- ``break``, ``continue``

An expression's ``kind``:

- ``string``, ``number``, ``bool``, ``nil``: ``value`` is the constant; a number is its text
- ``dot``; ``field``: ``.a.b`` with ``names``; ``variable``: ``$x.a.b`` with ``value`` ``$x`` and ``names``
- ``chain``: ``(...).a.b`` with one ``args`` and ``names``
- ``call``: ``args`` in order; the first is a ``function`` (``value`` its name), or a value that stands alone
- ``pipe``: ``args`` are its calls in order, ``names`` the variables it sets, ``value`` ``:=`` or ``=`` if it does
"""

from bisect import bisect_right
from functools import cached_property
from typing import Any

from chartgen.location import Location
from chartgen.tuples import NamedTuple


class Expr(NamedTuple):
    """An expression; ``start`` and ``end`` are offsets in the text."""

    kind: str
    start: int
    end: int
    value: Any = None
    names: tuple[str, ...] = ()
    args: "tuple[Expr, ...]" = ()


class Node(NamedTuple):
    """A part of a template; ``start`` to ``head`` is its (opening) action, ``end`` is behind its ``{{ end }}``.

    ``other_at`` is where the ``{{ else }}`` begins, or -1.
    """

    kind: str
    start: int
    head: int
    end: int
    name: str = ""
    pipe: Expr | None = None
    body: "tuple[Node, ...]" = ()
    other: "tuple[Node, ...]" = ()
    other_at: int = -1


class Piece(NamedTuple):
    """A stretch of a template: text, an action, or a comment. The pieces of a template cover it without a gap."""

    kind: str
    start: int
    end: int
    trims_left: bool = False
    trims_right: bool = False


class SyntaxProblem(NamedTuple):
    """Why a template could not be parsed, and where (an offset)."""

    message: str
    at: int


class Template:
    """A parsed template. After ``error`` there are no more nodes, and what was open there is closed."""

    def __init__(
        self,
        text: str,
        nodes: tuple[Node, ...],
        defines: tuple[Node, ...],
        pieces: tuple[Piece, ...],
        calls: tuple[Expr, ...],
        error: SyntaxProblem | None = None,
    ) -> None:
        self.text = text
        self.nodes = nodes
        self.defines = defines
        self.pieces = pieces
        self.calls = calls
        self.error = error

    @cached_property
    def functions(self) -> frozenset[str]:
        """The names of all functions that are called."""
        return frozenset(call.args[0].value for call in self.calls)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a 1-based line and column; the inverse of ``position``."""
        return self._line_starts[line - 1] + column - 1

    def location(self, file: str, start: int, end: int) -> Location:
        """What stands between two offsets, as a place in a file."""
        return Location(file, *self.position(start), *self.position(end))

    def source(self, part: Expr | Node | Piece) -> str:
        """The text of a part, on one line."""
        return " ".join(self.text[part.start : part.end].split())
