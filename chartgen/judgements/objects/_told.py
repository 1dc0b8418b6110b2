"""How judgements about objects tell what changed, in few words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from chartgen.absent import ABSENT
from chartgen.compare.fields import FieldChange
from chartgen.location import Pointer

_LONGEST = 60
_PREFIXES = (
    "spec.selector.matchLabels.",
    "spec.selector.",
    "spec.jobTemplate.spec.template.spec.",
    "spec.template.spec.",
    "spec.template.",
    "spec.",
)


def show(value: Any) -> str:
    """A value in a message: short, on one line."""
    if isinstance(value, str):
        text = value if value and "\n" not in value else json.dumps(value)
    else:
        text = json.dumps(value, default=str)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def place(change: FieldChange) -> str:
    """A field in a message, without what all fields of a workload begin with, and without its container."""
    text = change.dotted
    for prefix in _PREFIXES:
        if text.startswith(prefix):
            text = text.removeprefix(prefix)
            break
    return re.sub(r"^containers\[name=[^\]]+\]\.", "", text).replace("[name=", "[")


def told(change: FieldChange, *, masked: bool = False) -> str:
    """One change in a message: ``replicas: 1 -> 2``."""
    where = place(change)
    if change.before is ABSENT:
        return (
            f"{where} is new"
            if masked or isinstance(change.after, dict | list)
            else f"{where}: {show(change.after)} is new"
        )
    if change.after is ABSENT:
        return f"{where} is gone"
    return f"{where} differs" if masked else f"{where}: {show(change.before)} -> {show(change.after)}"


def listed(texts: Iterable[str], most: int = 3) -> str:
    """Some texts in a message: the first few, and how many more there are."""
    texts = list(dict.fromkeys(texts))
    more = len(texts) - most
    return ", ".join(texts[:most] if more > 0 else texts) + (f" and {more} more" if more > 0 else "")


def summary(changes: Sequence[FieldChange], *, masked: bool = False) -> str:
    """Several changes in a message."""
    return listed(told(change, masked=masked) for change in changes)


def counterpart(change: FieldChange, others: Iterable[FieldChange]) -> tuple[Pointer, Pointer]:
    """Where a change is on both sides: an item of a list that is gone is where one came in its place."""
    if change.after is ABSENT:
        came = (other.new for other in others if other.before is ABSENT and other.path[:-1] == change.path[:-1])
        return change.old, next(came, change.new)
    return change.old, change.new
