"""Values that are empty by default and that many set: names, labels, storage classes, what exists already.

What becomes of them nobody sees who sets nothing. Each is set on both sides where lines of templates that read it are
not the same: a ``nameOverride`` that one template of two does not look at any more, a label that has left a selector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.compare.side import Side
from chartgen.location import Pointer
from chartgen.templates.abstract import Parts
from chartgen.tuples import NamedTuple

MOST = 6
"""Values that are set, in the order of values.yaml."""

FEW = 1
"""Values that are set where each rendering takes long."""

_WORD = "example"
_TEXTS = r"(?:name|fullname)Override|existing[A-Z]\w*|storageClass(?:Name)?"
_LABELS = r"(?:\w+L|l)abels"
_DISTINCT = 6
"""Names of keys of more letters than these are hardly those of another key."""


class Setting(NamedTuple):
    """A value that is set: where, and to what."""

    parts: Parts
    value: Any

    @property
    def name(self) -> str:
        """As ``--set`` has it: ``nameOverride=example``."""
        dotted = Pointer(self.parts).dotted
        return f"{dotted}.{_WORD}={_WORD}" if isinstance(self.value, Mapping) else f"{dotted}={self.value}"

    @property
    def values(self) -> Mapping[str, Any]:
        """The values that set it."""
        found: Any = self.value
        for part in reversed(self.parts):
            found = {part: found}
        return found  # type: ignore[no-any-return]  # a key is not empty


def settings(old: Side, new: Side, *, most: int = MOST) -> tuple[Setting, ...]:
    """The values to set, ``most`` at most: empty in both charts, and read otherwise by the new one."""
    wanted = list(_empty(old.values, new.values, ()))
    if not wanted or old.chart.files == new.chart.files:
        return ()
    lines = [frozenset(_lines(side)) for side in (old, new)]
    changed = [line for _, line in lines[0] ^ lines[1]]
    chosen = (one for one in wanted if any(_mentions(line, one.parts) for line in changed))
    return tuple(one for one, _ in zip(chosen, range(most), strict=False))


def _empty(values: Mapping[str, Any], others: Mapping[str, Any], at: Parts) -> Iterator[Setting]:
    """The values that stand empty on both sides and can be set without knowing the chart."""
    for key, value in values.items():
        other = others.get(key)
        if value in ("", None) and other in ("", None) and key in others and re.fullmatch(_TEXTS, str(key)):
            yield Setting((*at, key), _WORD)
        elif value == {} and other == {} and re.fullmatch(_LABELS, str(key)):
            yield Setting((*at, key), {_WORD: _WORD})
        elif isinstance(value, Mapping) and isinstance(other, Mapping):
            yield from _empty(value, other, (*at, key))


def _lines(side: Side) -> Iterator[tuple[str, str]]:
    """The lines of templates that read a value, each with its file."""
    for path in side.chart.files:
        if "templates/" in path and not path.endswith("NOTES.txt"):
            for line in (side.chart.text(path) or "").splitlines():
                if "{{" in line:
                    yield path, line.strip()


def _mentions(line: str, parts: Parts) -> bool:
    """Whether a line reads a key, by its whole path, or by its own name where that is no common one. Labels are handed
    on under other names.
    """
    if re.fullmatch(_LABELS, parts[-1]) and re.search(_LABELS, line):
        return True
    name = parts[-1] if len(parts[-1]) > _DISTINCT else ".".join(parts)
    return re.search(rf"\.{re.escape(name)}\b", line) is not None
