"""Where verdicts point: rendered places on both sides become lines of the templates they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chartgen.compare.side import Side
from chartgen.diff.judge import Draft
from chartgen.engine.api import Engine, Rendered
from chartgen.engine.provenance import Asked, Trace, Traced
from chartgen.judgements.base import At
from chartgen.location import Location
from chartgen.tuples import NamedTuple


class _Spot(NamedTuple):
    """A line of a rendered file in one scenario."""

    scenario: str
    source: str
    line: int | None


class Places:
    """Answers where a place of one side is in its files, with the paths the user would open."""

    def __init__(self, side: Side, traces: Mapping[str, Mapping[str, Traced]]) -> None:
        self._side = side
        self._traces = traces

    def location(self, at: At | None) -> Location | None:
        """The place in the chart's files; the line stays unknown where the template's is."""
        if at is None:
            return None
        if at.obj is None:
            where = at.location or Location()
            return where._replace(file=self._side.chart.display(where.file)) if where.file else where
        rendered = at.obj.rendered_line(at.pointer, key=True)
        traced = self._traces.get(at.obj.scenario, {}).get(at.obj.source)
        file = self._side.chart.display((traced and traced.path) or at.obj.source)
        origin = traced.line(rendered.line) if traced else None
        if origin is None or origin.line is None:
            return Location(file, pointer=at.pointer)
        return Location(file, origin.line, pointer=at.pointer, exact=origin.exact)


class Lookup:
    """The template lines of one side's places, being looked up from now on."""

    def __init__(self, side: Side, places: Iterable[At | None], engine: Engine) -> None:
        self._side = side
        wanted: dict[str, set[str]] = {}
        for at in places:
            if at is not None and at.obj is not None:
                wanted.setdefault(at.obj.scenario, set()).add(at.obj.source)
        self._names = [name for name in wanted if name in side.renderings]
        asked = []
        for name in self._names:
            rendering = side.renderings[name]
            texts = {source: rendering.files[source] for source in sorted(wanted[name]) if source in rendering.files}
            asked.append(Asked(rendering.job, Rendered(texts), frozenset(texts)))
        self._trace = Trace(engine, asked)

    def places(self) -> Places:
        """The answer. To be asked for once."""
        return Places(self._side, dict(zip(self._names, self._trace.result(), strict=True)))


def lookups(old: Side, new: Side, drafts: Iterable[Draft], engine: Engine) -> tuple[Lookup, Lookup]:
    """Both sides' lookups of all places in drafts."""
    drafts = tuple(drafts)
    return (
        Lookup(old, (draft.verdict.old for draft in drafts), engine),
        Lookup(new, (draft.verdict.new for draft in drafts), engine),
    )
