"""A chart's templates for the rules that read them: parsed, or followed to the values they use; each chart once.

What parses and follows is imported when a rule wants it: most runs find at a glance that nothing can be at fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from chartgen.location import Location, Pointer
from chartgen.rules.base import ChartContext, Place

if TYPE_CHECKING:
    from chartgen.templates.analysis import Analysis
    from chartgen.templates.reads import Mention
    from chartgen.templates.syntax import Expr, Node, Piece, Template


def analysis(ctx: ChartContext) -> Analysis:
    """The chart followed; made when the first rule asks for it."""
    from chartgen.templates.analysis import Analysis

    found = ctx.memory.get(Analysis)
    if not isinstance(found, Analysis):
        overlays = {name: values for name, values in ctx.scenarios.items() if values is not None}
        found = ctx.memory[Analysis] = Analysis(ctx.chart, ctx.data, overlays)
    return found


def templates(
    ctx: ChartContext, *, notes: bool = False, holding: Callable[[str], object] | None = None
) -> Iterator[tuple[str, Template]]:
    """The chart's own templates, parsed; NOTES.txt only if it is asked for.

    With ``holding`` only those of whose text it is true: to parse the others takes longer.
    """
    for path, text in _texts(ctx).items():
        if (notes or not path.endswith("NOTES.txt")) and (holding is None or holding(text)):
            from chartgen.templates.parse import parse

            yield path, parse(text)


def _texts(ctx: ChartContext) -> Mapping[str, str]:
    """The chart's own templates as text, by path."""
    found: dict[str, str] | None = ctx.memory.get("texts")
    if found is None:
        found = ctx.memory["texts"] = {path: ctx.chart.text(path) or "" for path in ctx.chart.templates}
    return found


def is_library(ctx: ChartContext) -> bool:
    """Whether the chart's templates are there for other charts: it says so, or has nothing but named templates."""
    if ctx.chart.metadata.get("type") == "library":
        return True
    partials = [path.rpartition("/")[2].startswith("_") for path in ctx.chart.templates]
    return bool(partials) and all(partials) and not any(path.startswith("charts/") for path in ctx.chart.files)


def at(path: str, template: Template, part: Expr | Node | Piece) -> Place:
    """Where a part of a template stands."""
    return Place.in_file(template.location(path, part.start, part.end))


def where(mention: Mention) -> Location:
    """Where a value is read."""
    return mention.template.location(mention.file, mention.start, mention.end)


def beginnings(paths: Iterable[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """Paths in the values, and the places they lead through."""
    return frozenset(path[:length] for path in paths for length in range(1, len(path) + 1))


def dotted(parts: tuple[str, ...]) -> str:
    """A path in the values as people write it."""
    return Pointer(parts).dotted
