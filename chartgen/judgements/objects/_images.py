"""Judgements about the images of containers."""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.judgements.objects._told import listed, show


class ImageJudgement(FieldsJudgement):
    """Speaks about images and not about the containers that run them, which are many."""

    def tell(self, found: Sequence[FieldChange], pair: ObjectPair) -> str:
        """The images before and after."""
        return listed(f"{show(one.before)} -> {show(one.after)}" for one in found)
