"""Reads a judgement's docstring: its first line, its sections, and the pairs of charts that its examples make."""

from __future__ import annotations

from inspect import getdoc

from chartgen.judgements.base import Judgement
from chartgen.rules.examples import Example, read_example, sections
from chartgen.tuples import NamedTuple


class Pair(NamedTuple):
    """Two states of one chart. ``is_judged`` says whether the judgement speaks about the step between them."""

    title: str
    before: Example
    after: Example
    is_judged: bool


class JudgementPage(NamedTuple):
    """A judgement's docstring in parts: the line that names the event, the text of its sections, its examples."""

    summary: str
    sections: tuple[tuple[str, str], ...]
    pairs: tuple[Pair, ...]

    def section(self, title: str) -> str:
        """The text of a section, or ``""``."""
        return next((text for name, text in self.sections if name == title), "")


def page(judgement: Judgement | type[Judgement]) -> JudgementPage:
    """Read a judgement's docstring. An After and every Not this follow the Before that is nearest above.

    Raises ValueError, in a sentence, for an example that cannot be read.
    """
    text = getdoc(judgement if isinstance(judgement, type) else type(judgement)) or ""
    summary, _, rest = text.partition("\n")
    found = sections(rest)
    pairs: list[Pair] = []
    before: Example | None = None
    for title, body in found:
        kind = title.split(":")[0]
        if kind == "Before":
            before = read_example(title, body)
        elif kind in ("After", "Not this"):
            if before is None:
                raise ValueError(f"the example {title!r} has no Before above it")
            pairs.append(Pair(title, before, read_example(title, body), kind == "After"))
    return JudgementPage(summary.strip(), found, tuple(pairs))
