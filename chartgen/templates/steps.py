"""What templates read, as a tree: a step for each key on the way to a value."""

from collections.abc import Iterable, Iterator

from chartgen.templates.abstract import ANY, Parts


class Step:
    """The reads that begin with the same parts. ``whole``: what is here is used with all that is in it."""

    __slots__ = ("children", "touched", "whole")

    def __init__(self) -> None:
        self.children: dict[str, Step] = {}
        self.touched = False
        self.whole = False

    def at(self, parts: Parts) -> "Step":
        """The step at a path; made if there is none."""
        step = self
        for part in parts:
            child = step.children.get(part)
            if child is None:
                child = step.children[part] = Step()
            step = child
        return step


def following(steps: Iterable[Step], key: str) -> Iterator[Step]:
    """The steps that a key leads to, and those of any key."""
    for step in steps:
        for part in dict.fromkeys((key, ANY)):
            child = step.children.get(part)
            if child is not None:
                yield child
