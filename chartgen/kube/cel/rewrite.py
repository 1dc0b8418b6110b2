"""Turns Kubernetes' CEL into the same thing in the words of the library.

A few forms the library lacks, or evaluates wrongly, can be said otherwise. Only tokens are exchanged; everything else
of an expression stays as it is.

============================  ============================================================
``x.validate(y)``             ``x.validate(y).?errors``: a function of ours cannot give an optional
``format.named(x)``           ``format.named(x).?format``
``x.indexOf(y)``              ``x.indexOf_(y)``: one function for strings and lists
``x.transformMap(k, v, e)``   ``x.transformList(k, v, {k: e}).merged_()``
``x.transformMapEntry(..)``   ``x.transformList(..).merged_()``
``x.exists_one(k, v, p)``     ``x.existsOne(k, v, p)``, and the other way round with one variable
``x.unwrapOpt()``             a filter and a map; ``optional.unwrap(x)`` likewise
``has(variables.x)``          ``true``: a variable that is declared is there
``x.y.orValue(z)``            ``x.y``: to cel-go what is no optional is its own value
``x.map(k, e)``               ``x.ordered_().map(k, e)`` where the order of a map's keys would be seen
============================  ============================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
      | (?P<text>[rRbB]{0,2}(?:'{3}(?:\\.|[^\\])*?'{3}|"{3}(?:\\.|[^\\])*?"{3}|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"))
      | (?P<name>[A-Za-z_]\w*)
      | (?P<number>[0-9][\w.]*(?:(?<=[eE])[+-][0-9]+)?)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_UNWRAP = ".filter(o_, o_.hasValue()).map(o_, o_.value())"


class Rewritten(NamedTuple):
    """An expression for the library, the variables (``variables.x``) it uses, and the other names that begin in it."""

    text: str
    variables: tuple[str, ...]
    names: frozenset[str]


def rewrite(expression: str, inlined: Mapping[str, Rewritten] | None = None, *, ordered: bool = False) -> Rewritten:
    """Rewrite an expression; a variable in ``inlined`` is replaced by its rewritten expression.

    ``ordered`` makes ``map`` and ``filter`` go through the keys of maps in order, which otherwise have none: two runs
    would tell the same thing in different words.
    """
    return _Rewriter(expression, inlined or {}, ordered).result()


class _Rewriter:
    """The tokens of one expression with what stands before and after each; ``texts`` are what is written."""

    def __init__(self, expression: str, inlined: Mapping[str, Rewritten], ordered: bool) -> None:
        self.inlined = inlined
        self.ordered = ordered
        self.spaces: list[str] = [""]
        self.tokens: list[str] = []
        self.names: list[bool] = []
        for match in _TOKEN.finditer(expression):
            if match.lastgroup == "space":
                self.spaces[-1] += match[0] if match[0].isspace() else "\n"
            else:
                self.tokens.append(match[0])
                self.names.append(match.lastgroup == "name")
                self.spaces.append("")
        self.texts = list(self.tokens)
        self.closing = _closing(self.tokens)

    def result(self) -> Rewritten:
        variables: dict[str, None] = {}
        names = set()
        for index, token in enumerate(self.tokens):
            if not self.names[index]:
                continue
            if self._at(index - 1) != ".":
                names.add(token)
                self._root(index, token, variables)
            if self._at(index + 1) == "(" and index + 1 in self.closing:
                self._call(index, token, self.closing[index + 1])
        pieces = (space + text for space, text in zip(self.spaces, (*self.texts, ""), strict=True))
        return Rewritten("".join(pieces), tuple(variables), frozenset(names))

    def _at(self, index: int) -> str:
        return self.tokens[index] if 0 <= index < len(self.tokens) else ""

    def _root(self, index: int, token: str, variables: dict[str, None]) -> None:
        """A name that is no field: ``variables`` is followed by one of ours."""
        if token != "variables" or self._at(index + 1) != "." or index + 2 >= len(self.tokens):
            return
        name = self.tokens[index + 2]
        if self._at(index - 2) == "has" and self._at(index - 1) == "(" and self._at(index + 3) == ")":
            self._put(index - 2, index + 4, "true")
            return
        variables[name] = None
        if name in self.inlined:
            self._put(index, index + 3, f"({self.inlined[name].text})")
            variables.update(dict.fromkeys(self.inlined[name].variables))

    def _put(self, start: int, end: int, text: str) -> None:
        self.texts[start:end] = [text, *[""] * (end - start - 1)]

    def _call(self, index: int, token: str, close: int) -> None:
        if self._at(index - 1) != ".":
            return
        target = self._at(index - 2)
        if token == "validate":
            self.texts[close] += ".?errors"
        elif token == "named" and target == "format" and self._at(index - 3) != ".":
            self.texts[close] += ".?format"
        elif token in ("indexOf", "lastIndexOf"):
            self.texts[index] += "_"
        elif token in ("exists_one", "existsOne"):
            self.texts[index] = "existsOne" if len(self._arguments(index + 1, close)) == 3 else "exists_one"
        elif token in ("or", "orValue"):
            if self._is_field(index - 1):
                self._put(index - 1, close + 1, "")
        elif token in ("map", "filter") and self.ordered:
            self.texts[index - 1] = ".ordered_()."
        elif token in ("transformMap", "transformMapEntry"):
            self._transform(index, token, close)
        elif token == "unwrapOpt" and close == index + 2:
            self._put(index - 1, close + 1, _UNWRAP)
        elif token == "unwrap" and target == "optional":
            self._put(index - 2, index + 1, "")
            self.texts[close] += _UNWRAP

    def _is_field(self, end: int) -> bool:
        """Whether what ends before a dot is a name with fields and indexes, none of them optional."""
        index = end - 1
        opened = {close: opening for opening, close in self.closing.items()}
        while index > 0:
            if self.tokens[index] == "]" and index in opened:
                index = opened[index]
                if self._at(index + 1) == "?":
                    return False
            elif self.names[index] and self._at(index - 1) == ".":
                index -= 1
            else:
                break
            index -= 1
        variable = self.tokens[index + 2] if self._at(index + 1) == "." and index + 2 < end else ""
        is_name = index >= 0 and self.names[index] and self._at(index - 1) not in (".", "?")
        return is_name and not (self.tokens[index] == "variables" and variable in self.inlined)

    def _transform(self, index: int, token: str, close: int) -> None:
        arguments = self._arguments(index + 1, close)
        self.texts[index] = "transformList"
        self.texts[close] += ".merged_()"
        if token == "transformMap" and len(arguments) in (3, 4):
            start, end = arguments[-1]
            self.texts[start] = f"{{{self.tokens[arguments[0][0]]}: {self.texts[start]}"
            # What comes last may be a call, whose own ending is written later, inside.
            self.texts[close] = "}" + self.texts[close]
            assert end == close

    def _arguments(self, opening: int, close: int) -> list[tuple[int, int]]:
        """Where each argument of a call begins and ends."""
        starts = [opening + 1]
        index = opening + 1
        while index < close:
            if self.tokens[index] == ",":
                starts.append(index + 1)
            index = self.closing.get(index, index) + 1
        ends = [*(start - 1 for start in starts[1:]), close]
        return [pair for pair in zip(starts, ends, strict=True) if pair[0] < pair[1]]


def _closing(tokens: list[str]) -> dict[int, int]:
    """Where the bracket opened at an index is closed."""
    found = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token in _PAIRS:
            opened.append(index)
        elif token in _PAIRS.values() and opened and _PAIRS[tokens[opened[-1]]] == token:
            found[opened.pop()] = index
    return found
