"""The tokens of a CEL expression: enough to exchange some of them, not a parser."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
      | (?P<text>[rRbB]{0,2}(?:'{3}(?:\\.|[^\\])*?'{3}|"{3}(?:\\.|[^\\])*?"{3}|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"))
      | (?P<name>[A-Za-z_]\w*)
      | (?P<number>[0-9][\w.]*(?:(?<=[eE])[+-][0-9]+)?)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_PAIRS = {"(": ")", "[": "]", "{": "}"}


class Tokens:
    """An expression's ``tokens``; ``names`` tells which are names, ``closing`` where an opened bracket is closed.

    What stands between tokens is kept: ``joined`` puts it back. Comments are left out.
    """

    def __init__(self, expression: str) -> None:
        self.tokens: list[str] = []
        self.names: list[bool] = []
        self._spaces: list[str] = [""]
        for match in _TOKEN.finditer(expression):
            if match.lastgroup == "space":
                self._spaces[-1] += match[0] if match[0].isspace() else "\n"
            else:
                self.tokens.append(match[0])
                self.names.append(match.lastgroup == "name")
                self._spaces.append("")
        self.closing = _closing(self.tokens)
        self._opening = {close: opening for opening, close in self.closing.items()}

    def at(self, index: int) -> str:
        """The token at an index, or ``""`` beyond the ends."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else ""

    def joined(self, texts: Iterable[str]) -> str:
        """An expression with other texts for the tokens."""
        return "".join(space + text for space, text in zip(self._spaces, (*texts, ""), strict=True))

    def between(self, start: int, end: int) -> str:
        """The text from one token up to another."""
        return "".join(
            space * (index > start) + self.tokens[index] for index, space in enumerate(self._spaces[start:end], start)
        )

    def is_call(self, index: int) -> bool:
        """Whether the token is called: brackets that are closed follow it."""
        return self.at(index + 1) == "(" and index + 1 in self.closing

    def arguments(self, opening: int) -> list[tuple[int, int]]:
        """Where each argument of a call begins and ends, given its opening bracket."""
        close = self.closing[opening]
        starts = [opening + 1]
        index = opening + 1
        while index < close:
            if self.tokens[index] == ",":
                starts.append(index + 1)
            index = self.closing.get(index, index) + 1
        ends = [*(start - 1 for start in starts[1:]), close]
        return [pair for pair in zip(starts, ends, strict=True) if pair[0] < pair[1]]

    def field_start(self, end: int) -> int | None:
        """Where the name begins whose fields and indexes end before a token; None when it is anything else."""
        index = end - 1
        while index > 0:
            if self.tokens[index] == "]" and index in self._opening:
                index = self._opening[index]
                if self.at(index + 1) == "?":
                    return None
            elif self.names[index] and self.at(index - 1) == ".":
                index -= 1
            else:
                break
            index -= 1
        is_name = index >= 0 and self.names[index] and self.at(index - 1) not in (".", "?")
        return index if is_name else None


def _closing(tokens: list[str]) -> dict[int, int]:
    found = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token in _PAIRS:
            opened.append(index)
        elif token in _PAIRS.values() and opened and _PAIRS[tokens[opened[-1]]] == token:
            found[opened.pop()] = index
    return found
