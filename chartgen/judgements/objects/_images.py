"""Judgements about the images of containers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import repository
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.judgements.objects._told import listed, show
from chartgen.kube.access import Image


class ImageJudgement(FieldsJudgement):
    """Speaks about images and not about the containers that run them, which are many."""

    def tell(self, found: Sequence[FieldChange], pair: ObjectPair) -> str:
        """The images before and after."""
        return listed(f"{show(one.before)} -> {show(one.after)}" for one in found)


_VERSION = r"v?(\d+)\.(\d+)"
_YEARS = 2000
"""Numbers from here on are years (``2021.12.20``), and a new year is no major version."""


def numbers(image: object) -> tuple[int, int] | None:
    """The first two numbers of a tag: 4 and 1 of ``cassandra:4.1.7-debian-12``; None where it names no version."""
    found = re.match(_VERSION, Image.parse(image).tag or "") if isinstance(image, str) else None
    return None if found is None or int(found[1]) >= _YEARS else (int(found[1]), int(found[2]))


def is_other(change: FieldChange, version: Callable[[object], object]) -> bool:
    """Whether a container that stays runs another version of the same image; ``version`` tells that of an image, or
    None.
    """
    if not _keeps_running(change):
        return False
    before, after = version(change.before), version(change.after)
    return None not in (before, after) and before != after and repository(change.before) == repository(change.after)


def is_replaced(change: FieldChange, pair: ObjectPair) -> bool:
    """Whether a container that keeps its name runs an image of another name, with another command or arguments, or one
    that has nothing in its name of what it was called: neither a word nor whose it is.
    """
    if not _keeps_running(change):
        return False
    places = [repository(image).split("/") for image in (change.before, change.after)]
    names = {place[-1] for place in places}
    if all(names) and places[0][-2:-1] != places[1][-2:-1] and not _words(places[0][-1]) & _words(places[1][-1]):
        return True
    container = change.path[:-1]
    starts = (one.path[len(container) :][:1] for one in pair.changes if one.under(*container))
    return len(names) > 1 and "" not in names and any(start in (("command",), ("args",)) for start in starts)


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]+|\d+", name.lower()))


def _keeps_running(change: FieldChange) -> bool:
    """Whether it is the image of a container that is no init container, which ends."""
    return change.path[-1] == "image" and "initContainers" not in change.path
