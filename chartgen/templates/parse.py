"""Parses Go templates as ``text/template/parse`` does; functions are names, and every name is one.

Own code, because nothing in Python reads Go templates. Nothing raises: what Go could not parse ends the template early,
with the reason in its ``error``. Source: https://pkg.go.dev/text/template and ``lex.go``, ``parse.go`` of Go 1.24.
"""

from functools import lru_cache

from chartgen.templates.pipelines import DEEPEST, KEYWORDS, Failed, Pipelines
from chartgen.templates.syntax import Expr, Node, Piece, SyntaxProblem, Template
from chartgen.templates.tokens import COMMENT, SIMPLE, unquoted

_SPACES = frozenset(" \t\r\n")


class _Open:
    """A block whose ``{{ end }}`` has not come yet."""

    def __init__(self, kind: str, start: int, head: int, name: str, pipe: Expr | None, chained: bool) -> None:
        self.kind = kind
        self.start = start
        self.head = head
        self.name = name
        self.pipe = pipe
        self.chained = chained
        self.body: list[Node] = []
        self.other: list[Node] | None = None
        self.other_at = -1

    @property
    def nodes(self) -> list[Node]:
        """Where the next node goes."""
        return self.body if self.other is None else self.other

    def closed(self, end: int) -> Node:
        """The node, now that its end is known."""
        other = tuple(self.other or ())
        return Node(self.kind, self.start, self.head, end, self.name, self.pipe, tuple(self.body), other, self.other_at)


@lru_cache(maxsize=512)
def parse(text: str) -> Template:
    """Parse a template.

    >>> parse("a: {{ .Values.b }}").nodes[1].pipe.args[0].args[0].names
    ('Values', 'b')
    """
    return _Parser(text).template()


class _Parser(Pipelines):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.pieces: list[Piece] = []
        self.defines: list[Node] = []
        self.top: list[Node] = []
        self.stack: list[_Open] = []

    def template(self) -> Template:
        error = None
        at = 0
        text = self.text
        try:
            while (start := text.find("{{", at)) >= 0:
                if start > at:
                    self._text(at, start)
                at = self._action(start)
            if self.stack:
                raise Failed(f"{self.stack[-1].kind} is never ended", self.stack[-1].start)
        except Failed as failed:
            error = SyntaxProblem(str(failed), failed.at)
            at = self.pieces[-1].end if self.pieces else 0
        if at < len(text):
            self._text(at, len(text))
        while self.stack:
            self._end(len(text))
        return Template(text, tuple(self.top), tuple(self.defines), tuple(self.pieces), tuple(self.calls), error)

    def _text(self, start: int, end: int) -> None:
        self.pieces.append(Piece("text", start, end))
        self._add(Node("text", start, start, end))

    def _add(self, node: Node) -> None:
        (self.stack[-1].nodes if self.stack else self.top).append(node)

    def _action(self, start: int) -> int:
        """Take in the action that begins at ``start``; gives where it ends."""
        text = self.text
        if simple := SIMPLE.match(text, start + 2):
            self._seam(simple["word"], start, simple.end())
            trims_left, close = simple["left"].startswith("-"), simple["close"]
            self.pieces.append(Piece("action", start, simple.end(), trims_left, len(close) > 2))
            return simple.end()
        at = start + 2
        trims = text.startswith("-", at) and text[at + 1 : at + 2] in _SPACES
        if trims:
            at += 2
        if text.startswith("/*", at):
            match = COMMENT.match(text, at)
            if match is None:
                raise Failed("a comment is never closed", start)
            end = match.end()
            self.pieces.append(Piece("comment", start, end, trims, len(match["close"]) > 2))
            self._add(Node("comment", start, end, end))
            return end
        close = self.tokenize(at, start)
        self._statement(start, close[3])
        if self.at < len(self.tokens) - 1:
            raise self.unexpected()
        self.pieces.append(Piece("action", start, close[3], trims, len(close[1]) > 2))
        return close[3]

    # What stands in an action.

    def _statement(self, start: int, end: int) -> None:
        kind, keyword = self.tokens[0][:2]
        if kind != "word" or keyword not in KEYWORDS:
            self._add(Node("action", start, end, end, "", self.pipe(needed="an action is empty")))
            return
        self.at = 1
        if keyword in ("if", "with", "range"):
            self._open(_Open(keyword, start, end, "", self.pipe(needed="a condition is missing"), chained=False))
        elif keyword in ("else", "end"):
            self._seam(keyword, start, end)
        elif keyword in ("break", "continue"):
            self._add(Node(keyword, start, end, end))
        else:
            name = self._quoted_name(keyword)
            pipe = self.pipe() if keyword != "define" else None
            pipe = pipe if pipe is not None and pipe.args else None
            if keyword == "template":
                self._add(Node(keyword, start, end, end, name, pipe))
            else:
                self._open(_Open(keyword, start, end, name, pipe, chained=False))

    def _open(self, block: _Open) -> None:
        if len(self.stack) >= DEEPEST:
            raise Failed("blocks are nested too deeply", block.start)
        self.stack.append(block)

    def _seam(self, word: str, start: int, end: int) -> None:
        """An ``else``, alone or before ``if`` and ``with``, or an ``end``."""
        if not self.stack:
            raise Failed(f"nothing is open that {word!r} could belong to", start)
        if word == "end":
            self._end(end)
            return
        block = self.stack[-1]
        if block.other is not None or block.kind not in ("if", "with", "range"):
            raise Failed("there is nothing this else belongs to", start)
        block.other, block.other_at = [], start
        if self.tokens and self.at < len(self.tokens) - 1 and self.tokens[self.at][1] == block.kind != "range":
            keyword = self.tokens[self.at][1]
            self.at += 1
            self._open(_Open(keyword, start, end, "", self.pipe(needed="a condition is missing"), chained=True))

    def _end(self, end: int) -> None:
        """Close the innermost block, and the ones that an ``else if`` opened on the way."""
        chained = True
        while chained and self.stack:
            block = self.stack.pop()
            chained = block.chained
            node = block.closed(end)
            self._add(node)
            if node.kind in ("define", "block"):
                self.defines.append(node)

    def _quoted_name(self, keyword: str) -> str:
        kind, text, start, _ = self.tokens[self.at]
        if kind != "string":
            raise Failed(f"{keyword} needs a name in quotes", start)
        self.at += 1
        return unquoted(text)
