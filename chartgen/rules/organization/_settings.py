"""How the options of house rules are read: kinds, and keys with the values they may have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from chartgen.fixes import Fix, SetField
from chartgen.kube.access import WORKLOADS
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

ALL_WORKLOADS = "workloads"
"""In a list of kinds: every kind that runs pods."""


def is_of(kind: str, kinds: tuple[str, ...]) -> bool:
    """Whether a kind is among some; no kinds at all mean every kind."""
    return not kinds or kind in kinds or (ALL_WORKLOADS in kinds and kind in WORKLOADS)


_LITERAL = re.compile(r"[\w-]+")
"""An expression that stands for itself."""


class Wanted(NamedTuple):
    """An entry ``key`` or ``key=expression``: a pattern for keys as in a shell, a regular expression for the value."""

    key: str
    expression: str

    @classmethod
    def parse(cls, entry: str) -> Wanted:
        """Read an entry of an option."""
        key, _, expression = entry.partition("=")
        return cls(key.strip(), expression.strip())

    def accepts(self, value: Any) -> bool:
        """Whether a value is text in which the expression is found; an expression that cannot be read finds nothing."""
        if not isinstance(value, str):
            return False
        try:
            return re.search(self.expression, value) is not None
        except re.error:
            return False

    def found_in(self, entries: Mapping[str, Any]) -> list[str]:
        """The keys that the entry is about, among those of a mapping, with values it accepts."""
        return [key for key, value in entries.items() if fnmatchcase(key, self.key) and self.accepts(value)]

    def fix(self, at: Pointer) -> Fix | None:
        """The fix that sets the entry in a mapping, where there is one value that will do."""
        if not self.expression or not _LITERAL.fullmatch(self.expression) or set("*?[") & set(self.key):
            return None
        return Fix(f"set {self.key} to {self.expression}", (SetField(at / self.key, self.expression),), safe=False)

    def __str__(self) -> str:
        return f"{self.key}={self.expression}" if self.expression else self.key
