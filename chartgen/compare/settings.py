"""Values that are empty by default and that users set: names, labels, passwords, variables, what exists already.

What becomes of them nobody sees who sets nothing. Each is set on both sides where lines of templates that read it are
not the same: a ``nameOverride`` that one template of two does not look at any more, a label that has left a selector, a
password that is encoded now.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from functools import partial
from typing import Any

from chartgen.absent import ABSENT
from chartgen.compare.branches import Branches
from chartgen.compare.keys import is_empty
from chartgen.compare.side import Side
from chartgen.compare.switches import SWITCHES
from chartgen.compare.usage import Usage
from chartgen.fielddata import values_of
from chartgen.location import Pointer
from chartgen.templates.abstract import Parts
from chartgen.tuples import NamedTuple

MOST = 8
"""Values that are set, in the order of values.yaml."""

FEW = 2
"""Values that are set where each rendering takes long."""

SAMPLE = "example-value"
"""What they are set to, or what is in it."""

_TEXTS = r"(?:name|fullname)Override|existing[A-Z]\w*|storageClass(?:Name)?"
"""Names of values that are texts, where nothing stands."""

_VERSIONS = r"(?i)(?:api|kube)version"
"""Names of values that no made-up text will do for."""

_LABELS = r"(?:\w+L|l)abels"
_ALIKE = ((_LABELS, _LABELS), ("fullnameOverride", r"(?i)fullname"), ("nameOverride", r"\.name\b"))
"""Names of values that named templates hand on, and what lines have that use these."""

_DISTINCT = 6
"""Names of keys of more letters than these are hardly those of another key."""

_ITEMS: tuple[tuple[str, Any], ...] = (
    (r"(?i).*env(?:vars?)?", {"name": "EXAMPLE", "value": SAMPLE}),
    (r"(?i).*mounts", {"name": SAMPLE, "mountPath": f"/{SAMPLE}"}),
    (r"(?i).*volumes", {"name": SAMPLE, "emptyDir": {}}),
    (r"(?i).*containers|.*sidecars", {"name": SAMPLE, "image": SAMPLE}),
    (r"(?i).*tolerations", {"key": SAMPLE, "operator": "Exists"}),
    (r"(?i).*pullSecrets", {"name": SAMPLE}),
    (r"(?i).*(?:flags|args|command|hosts|hostnames|domains)", SAMPLE),
)
"""What stands in lists that are printed as they are, by their names."""


class Setting(NamedTuple):
    """A value that is set: where, to what, and the switches of the maps around it that are turned on for it.

    ``is_retyped`` tells that the new chart has another kind of value in its place.
    """

    parts: Parts
    value: Any
    turned: tuple[Parts, ...] = ()
    is_retyped: bool = False

    @property
    def name(self) -> str:
        """As people would say it: ``nameOverride=example-value``, ``extraEnv set``."""
        dotted = Pointer(self.parts).dotted
        return f"{dotted}={self.value}" if isinstance(self.value, str) else f"{dotted} set"

    @property
    def values(self) -> Mapping[str, Any]:
        """The values that set it."""
        return values_of((*((one, True) for one in self.turned), (self.parts, self.value)))


def settings(old: Side, new: Side, *, off: Set[Parts] = frozenset(), most: int = MOST) -> tuple[Setting, ...]:
    """The values to set, ``most`` at most: empty in both charts, and read otherwise by the new one. ``off`` are
    switches that stay off.
    """
    if old.chart.files == new.chart.files:
        return ()
    before, after = (Counter(_lines(side)) for side in (old, new))
    changed = [line for _, line in (*(before - after), *(after - before))]
    branches, item = Branches(old, new), partial(_item, Usage(old.analysis))
    wanted = (one for one in _empty(old.values, new.values, item, (), ()) if not off & set(one.turned))
    chosen = (one for one in wanted if any(_mentions(line, one.parts) for line in changed) or branches.asks(one.parts))
    return tuple(one for one, _ in zip(chosen, range(most), strict=False))


def _empty(values: Mapping[str, Any], others: Mapping[str, Any], item: Any, at: Parts, on: Any) -> Iterator[Setting]:
    """The values that stand empty on both sides and can be set without knowing the chart."""
    off = (key for key in SWITCHES if values.get(key) is False and isinstance(others.get(key), bool))
    on = (*on, *((*at, key) for key in off if at))
    for key, value in values.items():
        other, parts = others.get(key, ABSENT), (*at, str(key))
        if isinstance(value, Mapping) and value and isinstance(other, Mapping):
            yield from _empty(value, other, item, parts, on)
        elif is_empty(other) and (sample := _sample(parts, value, item)) is not None:
            is_retyped = None not in (value, other) and type(value) is not type(other)
            yield Setting(parts, sample, on, is_retyped)


def _sample(parts: Parts, value: Any, item: Any) -> Any:
    """What an empty value is set to; None for what is not empty, or of which nothing is known."""
    if re.fullmatch(_VERSIONS, parts[-1]):
        return None
    if value == "" or (value is None and re.fullmatch(_TEXTS, parts[-1])):
        return SAMPLE
    if value == {}:
        return {SAMPLE: SAMPLE}
    one = item(parts) if value == [] else None
    return None if one is None else [one]


def _item(usage: Usage, parts: Parts) -> Any:
    """An item of a list: with the fields that templates read of each, or what its name says; None for any other."""
    fields = usage.fields_of_items(parts)
    if fields:
        return dict.fromkeys(sorted(fields), SAMPLE)
    return next((sample for pattern, sample in _ITEMS if re.fullmatch(pattern, parts[-1])), None)


def _lines(side: Side) -> Iterator[tuple[str, str]]:
    """The lines of templates that read a value, each with its file."""
    for path in side.chart.files:
        if "templates/" in path and not path.endswith("NOTES.txt"):
            for line in (side.chart.text(path) or "").splitlines():
                if "{{" in line:
                    yield path, line.strip()


def _mentions(line: str, parts: Parts) -> bool:
    """Whether a line reads a key, by its whole path, or by its own name where that is no common one."""
    alike = next((pattern for name, pattern in _ALIKE if re.fullmatch(name, parts[-1])), None)
    if alike is not None and re.search(alike, line):
        return True
    name = parts[-1] if len(parts[-1]) > _DISTINCT else ".".join(parts)
    return re.search(rf"\.{re.escape(name)}\b", line) is not None
