"""Parses Go templates as ``text/template/parse`` does; functions are names, and every name is one.

Own code, because nothing in Python reads Go templates. Nothing raises: what Go could not parse ends the template early,
with the reason in its ``error``. Source: https://pkg.go.dev/text/template and ``lex.go``, ``parse.go`` of Go 1.24.
"""

import re
from functools import lru_cache

from chartgen.templates.syntax import Expr, Node, Piece, SyntaxProblem, Template

_NAME = r"[^\W\d]\w*"
_SPACE = r"[ \t\r\n]"
_CLOSE = rf"(?:{_SPACE}+-)?\}}\}}"
_TOKEN = re.compile(
    rf"""{_SPACE}*(?:
    (?P<field>(?:\.{_NAME})+)
    |(?P<word>{_NAME})
    |(?P<close>\}}\}}|(?<={_SPACE})-\}}\}})
    |(?P<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)
    |(?P<variable>\$\w*)
    |(?P<number>[+-]?(?:\d|\.\d)[\w.]*(?:(?<=[eEpP])[+-]\w+)?|'(?:[^'\\\n]|\\.)+')
    |(?P<dot>\.)
    |(?P<mark>:=|[=|(),]))""",
    re.VERBOSE,
)
_SIMPLE = re.compile(rf"(?P<left>-{_SPACE}+|{_SPACE}*)(?P<word>end|else){_SPACE}*(?P<close>{_CLOSE})")
_COMMENT = re.compile(rf"/\*.*?\*/(?P<close>{_CLOSE})", re.DOTALL)
_SPACES = frozenset(" \t\r\n")
_KEYWORDS = frozenset(("if", "else", "end", "range", "with", "define", "block", "template", "break", "continue"))
_CONSTANTS = {"true": True, "false": False}
_DEEPEST = 150
"""Levels of blocks or brackets beyond which a template is refused; hand-written ones stay below 20."""

_ESCAPE = re.compile(r"\\(?:[abfnrtv\\'\"]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3})")
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class _Failed(Exception):
    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


_Token = tuple[str, str, int, int]
"""Kind, text, and offsets of its start and end. The last of an action is its ``close``."""


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


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self.calls: list[Expr] = []
        self.defines: list[Node] = []
        self.top: list[Node] = []
        self.stack: list[_Open] = []
        self.tokens: list[_Token] = []
        self.at = 0
        self.depth = 0

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
                raise _Failed(f"{self.stack[-1].kind} is never ended", self.stack[-1].start)
        except _Failed as failed:
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
        if simple := _SIMPLE.match(text, start + 2):
            self._seam(simple["word"], start, simple.end())
            trims_left, close = simple["left"].startswith("-"), simple["close"]
            self.pieces.append(Piece("action", start, simple.end(), trims_left, len(close) > 2))
            return simple.end()
        at = start + 2
        trims = text.startswith("-", at) and text[at + 1 : at + 2] in _SPACES
        if trims:
            at += 2
        body = at
        while text[body : body + 1] in _SPACES:
            body += 1
        if text.startswith("/*", body):
            match = _COMMENT.match(text, body)
            if match is None:
                raise _Failed("a comment is never closed", start)
            end = match.end()
            self.pieces.append(Piece("comment", start, end, trims, len(match["close"]) > 2))
            self._add(Node("comment", start, end, end))
            return end
        close = self._tokenize(at, start)
        self._statement(start, close[3])
        if self.at < len(self.tokens) - 1:
            raise self._unexpected()
        self.pieces.append(Piece("action", start, close[3], trims, len(close[1]) > 2))
        return close[3]

    def _tokenize(self, at: int, start: int) -> _Token:
        """Cut an action into tokens; gives the one that closes it."""
        self.at = 0
        self.tokens = tokens = []
        match = None
        for match in iter(_TOKEN.scanner(self.text, at).match, None):  # type: ignore[attr-defined]
            kind = match.lastgroup
            begin, end = match.span(kind)
            tokens.append((kind, match[kind], begin, end))
            if kind == "close":
                return tokens[-1]
        at = match.end() if match else at
        rest = self.text[at:].lstrip()
        raise _Failed(f"unexpected {rest[0]!r}" if rest else "an action is never closed", start)

    # What stands in an action.

    def _statement(self, start: int, end: int) -> None:
        kind, keyword = self.tokens[0][:2]
        if kind != "word" or keyword not in _KEYWORDS:
            self._add(Node("action", start, end, end, "", self._pipe(needed="an action is empty")))
            return
        self.at = 1
        if keyword in ("if", "with", "range"):
            self._open(_Open(keyword, start, end, "", self._pipe(needed="a condition is missing"), chained=False))
        elif keyword in ("else", "end"):
            self._seam(keyword, start, end)
        elif keyword in ("break", "continue"):
            self._add(Node(keyword, start, end, end))
        else:
            name = self._quoted_name(keyword)
            pipe = self._pipe() if keyword != "define" else None
            pipe = pipe if pipe is not None and pipe.args else None
            if keyword == "template":
                self._add(Node(keyword, start, end, end, name, pipe))
            else:
                self._open(_Open(keyword, start, end, name, pipe, chained=False))

    def _open(self, block: _Open) -> None:
        if len(self.stack) >= _DEEPEST:
            raise _Failed("blocks are nested too deeply", block.start)
        self.stack.append(block)

    def _seam(self, word: str, start: int, end: int) -> None:
        """An ``else``, alone or before ``if`` and ``with``, or an ``end``."""
        if not self.stack:
            raise _Failed(f"nothing is open that {word!r} could belong to", start)
        if word == "end":
            self._end(end)
            return
        block = self.stack[-1]
        if block.other is not None or block.kind not in ("if", "with", "range"):
            raise _Failed("there is nothing this else belongs to", start)
        block.other, block.other_at = [], start
        if self.tokens and self.at < len(self.tokens) - 1 and self.tokens[self.at][1] in ("if", "with"):
            keyword = self.tokens[self.at][1]
            self.at += 1
            self._open(_Open(keyword, start, end, "", self._pipe(needed="a condition is missing"), chained=True))

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
            raise _Failed(f"{keyword} needs a name in quotes", start)
        self.at += 1
        return unquoted(text)

    # Pipelines, from the outside in.

    def _pipe(self, needed: str = "") -> Expr:
        begin = self.tokens[self.at][2]
        names: tuple[str, ...] = ()
        assigns = None
        if self.tokens[self.at][0] == "variable":
            names, assigns = self._declaration()
        calls: list[Expr] = []
        while (call := self._call()) is not None:
            calls.append(call)
            if self.tokens[self.at][1] != "|":
                break
            self.at += 1
        kind, text = self.tokens[self.at][:2]
        wanting = not calls and bool(names)
        if (kind != "close" and text != ")") or wanting or (self.at and self.tokens[self.at - 1][1] == "|"):
            raise self._unexpected()
        if needed and not calls:
            raise _Failed(needed, begin)
        return Expr("pipe", begin, calls[-1].end if calls else begin, assigns, names, tuple(calls))

    def _declaration(self) -> tuple[tuple[str, ...], str | None]:
        """The variables that a pipeline sets: ``$x :=``, ``$x =``, ``$k, $v :=``."""
        tokens, at = self.tokens, self.at
        if tokens[at + 1][1] in (":=", "="):
            self.at += 2
            return (tokens[at][1],), tokens[at + 1][1]
        pair = tokens[at : at + 4]
        if len(pair) == 4 and pair[1][1] == "," and pair[2][0] == "variable" and pair[3][1] in (":=", "="):
            self.at += 4
            return (pair[0][1], pair[2][1]), pair[3][1]
        return (), None

    def _call(self) -> Expr | None:
        args: list[Expr] = []
        while (operand := self._operand()) is not None:
            args.append(operand)
        if not args:
            return None
        call = Expr("call", args[0].start, args[-1].end, None, (), tuple(args))
        if args[0].kind == "function":
            self.calls.append(call)
        return call

    def _operand(self) -> Expr | None:
        kind, text, start, end = self.tokens[self.at]
        if kind == "close" or (kind == "mark" and text != "("):
            return None
        self.at += 1
        if kind == "field":
            return Expr("field", start, end, None, tuple(text[1:].split(".")))
        if kind == "word":
            return self._word(text, start, end)
        if kind == "string":
            return Expr("string", start, end, unquoted(text))
        if kind == "variable":
            names, end = self._fields(end)
            return Expr("variable", start, end, text, names)
        if kind == "number":
            return Expr("number", start, end, text)
        if kind == "dot":
            return Expr("dot", start, end)
        return self._brackets(start)

    def _word(self, text: str, start: int, end: int) -> Expr:
        if text in _CONSTANTS:
            return Expr("bool", start, end, _CONSTANTS[text])
        if text in _KEYWORDS:
            raise _Failed(f"unexpected {text!r}", start)
        if text == "nil":
            return Expr("nil", start, end)
        function = Expr("function", start, end, text)
        names, after = self._fields(end)
        if not names:
            return function
        call = Expr("call", start, end, None, (), (function,))  # merge.Values.a: Go calls merge without arguments
        self.calls.append(call)
        return Expr("chain", start, after, None, names, (Expr("pipe", start, end, None, (), (call,)),))

    def _brackets(self, start: int) -> Expr:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Failed("brackets are nested too deeply", start)
        inner = self._pipe(needed="there is nothing in the brackets")
        _, text, _, end = self.tokens[self.at]
        if text != ")":
            raise self._unexpected()
        self.at += 1
        self.depth -= 1
        inner = Expr("pipe", start, end, inner.value, inner.names, inner.args)
        names, after = self._fields(end)
        return Expr("chain", start, after, None, names, (inner,)) if names else inner

    def _fields(self, end: int) -> tuple[tuple[str, ...], int]:
        """The fields that follow a variable or a bracket without a space."""
        kind, text, start, after = self.tokens[self.at]
        if kind != "field" or start != end:
            return (), end
        self.at += 1
        return tuple(text[1:].split(".")), after

    def _unexpected(self) -> _Failed:
        _, text, start, _ = self.tokens[self.at]
        return _Failed(f"unexpected {text!r}", start)


def unquoted(text: str) -> str:
    r"""The string that a Go literal stands for: ``"a\tb"``, or raw between backquotes."""
    inner = text[1:-1]
    return inner if text[0] == "`" or "\\" not in inner else _ESCAPE.sub(_unescaped, inner)


def _unescaped(match: re.Match[str]) -> str:
    code = match[0][1:]
    if code[0] in _ESCAPES:
        return _ESCAPES[code[0]]
    if code[0] in "xuU":
        number = int(code[1:], 16)
        return chr(number) if number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
    return chr(int(code, 8)) if code[0] in "01234567" else code
