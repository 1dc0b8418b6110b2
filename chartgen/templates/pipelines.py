"""Parses what stands in an action: pipelines of calls, from the outside in."""

from chartgen.templates.syntax import Expr
from chartgen.templates.tokens import NUMBER, TOKEN, unquoted

KEYWORDS = frozenset(("if", "else", "end", "range", "with", "define", "block", "template", "break", "continue"))
_NO_COMMANDS = frozenset(("bool", "dot", "nil", "number", "string"))
_CONSTANTS = {"true": True, "false": False}
DEEPEST = 150
"""Levels of blocks or brackets beyond which a template is refused; hand-written ones stay below 20."""


class Failed(Exception):
    """What Go would not parse, at an offset; never leaves the parser."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


Token = tuple[str, str, int, int]
"""Kind, text, and offsets of its start and end. The last of an action is its ``close``."""


class Pipelines:
    """The tokens of one action after the other, and what they mean. ``at`` is the next token."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.calls: list[Expr] = []
        self.tokens: list[Token] = []
        self.at = 0
        self.depth = 0

    def tokenize(self, at: int, start: int) -> Token:
        """Cut an action into tokens; gives the one that closes it."""
        self.at = 0
        self.tokens = tokens = []
        match = None
        for match in iter(TOKEN.scanner(self.text, at).match, None):  # type: ignore[attr-defined]  # not in typeshed
            kind, group = match.lastgroup, match.lastindex
            begin, end = match.span(group)
            tokens.append((kind, match[group], begin, end))
            if kind == "close":
                return tokens[-1]
        at = match.end() if match else at
        rest = self.text[at:].lstrip()
        raise Failed(f"unexpected {rest[0]!r}" if rest else "an action is never closed", start)

    def pipe(self, needed: str = "") -> Expr:
        """A pipeline, up to what closes it. Empty only where ``needed``, which says what would be missing, is."""
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
        if (kind != "close" and text != ")") or (names and not calls):
            raise self.unexpected()
        for call in calls[1:]:
            if call.args[0].kind in _NO_COMMANDS:
                raise Failed("what stands behind a '|' is no function", call.start)
        if needed and not calls:
            raise Failed(needed, begin)
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
            if args and operand.start == args[-1].end:
                raise Failed(f"a space is missing before {self.text[operand.start : operand.end]!r}", operand.start)
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
            if not NUMBER.fullmatch(text):
                raise Failed(f"{text!r} is no number", start)
            return Expr("number", start, end, text)
        if kind == "dot":
            return Expr("dot", start, end)
        return self._brackets(start)

    def _word(self, text: str, start: int, end: int) -> Expr:
        if text in _CONSTANTS:
            return Expr("bool", start, end, _CONSTANTS[text])
        if text in KEYWORDS:
            raise Failed(f"unexpected {text!r}", start)
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
        if self.depth > DEEPEST:
            raise Failed("brackets are nested too deeply", start)
        inner = self.pipe(needed="there is nothing in the brackets")
        _, text, _, end = self.tokens[self.at]
        if text != ")":
            raise self.unexpected()
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

    def unexpected(self) -> Failed:
        """The next token is one that cannot stand here."""
        _, text, start, _ = self.tokens[self.at]
        return Failed(f"unexpected {text!r}", start)
