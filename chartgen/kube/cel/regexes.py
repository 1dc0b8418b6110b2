"""``find`` and ``findAll``: Go's regular expressions, which are RE2, through the library's own RE2.

Source: ``pkg/cel/library/regex.go`` of k8s.io/apiserver; ``FindString`` and ``FindAllString`` of Go's ``regexp``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from chartgen.kube.cel.functions import Overload, member

_TOKEN = re.compile(r"\\Q.*?(?:\\E|\Z)|\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\((?:\?P?<\w+>)?(?!\?)", re.DOTALL)


def without_groups(pattern: str) -> str:
    """The pattern with every capturing group made one that does not capture."""
    return _TOKEN.sub(lambda match: "(?:" if match[0].startswith("(") else match[0], pattern)


class Regexes:
    """Finds with an RE2 that is given as functions of a text and a pattern.

    ``first`` and ``every`` take a pattern with one capturing group and give the first match, or all that are not
    empty; ``matches`` tells whether there is one. All raise ValueError for a broken pattern.
    """

    def __init__(
        self,
        first: Callable[[str, str], str],
        every: Callable[[str, str], list[str]],
        matches: Callable[[str, str], bool],
    ) -> None:
        self._first = first
        self._every = every
        self._matches = matches

    def find(self, text: str, pattern: str) -> str:
        """The first match, or ``""``."""
        return self._first(text, f"({without_groups(pattern)})")

    def find_all(self, text: str, pattern: str, most: int = -1) -> list[str]:
        """The matches, at most ``most`` of them unless that is negative.

        Go gives empty matches too. A pattern that matches nothing at all is therefore matched by Python, whose
        expressions are the same but for rare escapes.
        """
        if self._matches("", rf"\A(?:{pattern})\z"):
            found = _with_empty(text, pattern)
        else:
            found = self._every(text, f"({without_groups(pattern)})")
        return found if most < 0 else found[:most]

    @property
    def overloads(self) -> tuple[Overload, ...]:
        """The functions for an environment."""
        return (
            member("find", "string", "string", gives="string", call=self.find),
            member("findAll", "string", "string", gives="list(string)", call=self.find_all),
            member("findAll", "string", "string", "int", gives="list(string)", call=self.find_all),
        )


def _with_empty(text: str, pattern: str) -> list[str]:
    """All matches with the empty ones, but for those that touch the match before them, which Go leaves out."""
    found = []
    end = -1
    try:
        for match in re.finditer(pattern.replace(r"\z", r"\Z"), text, re.ASCII):
            if match.group() or match.start() != end:
                found.append(match.group())
            end = match.end()
    except re.error as error:
        raise ValueError(f"regular expression {pattern!r}: {error}") from None
    return found
