"""Judgements about the images of containers."""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import repository
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.judgements.objects._told import listed, show


class ImageJudgement(FieldsJudgement):
    """Speaks about images and not about the containers that run them, which are many."""

    def tell(self, found: Sequence[FieldChange], pair: ObjectPair) -> str:
        """The images before and after."""
        return listed(f"{show(one.before)} -> {show(one.after)}" for one in found)


def is_replaced(change: FieldChange, pair: ObjectPair) -> bool:
    """Whether a container that keeps its name runs an image of another name, with another command or arguments."""
    if change.path[-1] != "image" or "initContainers" in change.path:
        return False
    names = {repository(image).rpartition("/")[2] for image in (change.before, change.after)}
    container = change.path[:-1]
    starts = (one.path[len(container) :][:1] for one in pair.changes if one.under(*container))
    return len(names) > 1 and "" not in names and any(start in (("command",), ("args",)) for start in starts)
