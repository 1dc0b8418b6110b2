"""Rendered line -> template line, found by rendering again with markers when there is something to report."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.engine.api import Engine, Failure, Job, Rendered
from chartgen.engine.markers import UNKNOWN, Origin, mark, unmark
from chartgen.tuples import NamedTuple

_CHANGES = (rb"set\s+", rb"erge(?:Overwrite)?\s+")  # set, unset, merge, mustMergeOverwrite
_CHANGES_VALUES = tuple(one + rb"\(?\s*\$?\w*\.Values\b" for one in _CHANGES)
_MATTERS = (rb"define", rb"block", *(one + rb"[.$(]" for one in _CHANGES))
_INCLUDES = (*_MATTERS, rb"include", rb"template")

__all__ = ["UNKNOWN", "Asked", "Origin", "Trace", "Traced", "template_of", "trace"]


MOST_LINES = 100_000
"""Lines of a rendered file beyond which nobody is told the line of its template; public charts have up to 40,000."""


class Asked(NamedTuple):
    """A render whose lines are wanted: the job, what it rendered to, and the rendered files in question."""

    job: Job
    rendered: Rendered
    sources: frozenset[str]


class Traced(NamedTuple):
    """Where the lines of one rendered file came from. ``path`` is the template in the chart, None when it is packed."""

    path: str | None
    origins: tuple[Origin, ...] = ()

    def line(self, number: int | None) -> Origin:
        """The origin of a rendered line, 1-based; unknown for a line there is none of."""
        if number is None or not 1 <= number <= len(self.origins):
            return UNKNOWN
        return self.origins[number - 1]


class _Marked(NamedTuple):
    """A render with marks: of which of those asked for, the number of each marked file, and what came out."""

    which: int
    numbers: Mapping[str, int]
    answer: Rendered | Failure


def trace(engine: Engine, asked: Sequence[Asked]) -> list[Mapping[str, Traced]]:
    """For each render, the origins of the lines of its sources; see ``Trace``."""
    return Trace(engine, asked).result()


class Trace:
    """The origins of rendered lines, being looked up: the engine has its renders when this is made.

    Only the templates in question and the named ones are rendered again: what nobody asks about may take seconds. A
    marked render that does not have the lines of the plain one proves nothing: the file is marked alone then, in the
    whole chart, and if that changes nothing its lines stay unknown.
    """

    def __init__(self, engine: Engine, asked: Sequence[Asked]) -> None:
        self._engine = engine
        self._asked = asked
        self._paths = [{source: _traceable(one, source) for source in one.sources} for one in asked]
        self._results = [{source: Traced(path) for source, path in mapping.items()} for mapping in self._paths]
        parts = [(index, frozenset(filter(None, mapping.values()))) for index, mapping in enumerate(self._paths)]
        self._first = self._begin([part for part in parts if part[1]], whole=False)

    def result(self) -> list[Mapping[str, Traced]]:
        """For each render, the origins of the lines of its sources. To be asked for once."""
        again = self._read(self._first)
        self._read(self._begin([(index, frozenset({path})) for index, path in again], whole=True))
        return [dict(result) for result in self._results]

    def _begin(self, parts: Sequence[tuple[int, frozenset[str]]], *, whole: bool) -> Iterator[_Marked]:
        """Have each part's chart rendered with its templates marked."""
        numbers = [{path: number for number, path in enumerate(sorted(marked))} for _, marked in parts]
        jobs = (
            self._asked[index].job._replace(chart=_marked(self._asked[index].job.chart, number, whole=whole))
            for (index, _), number in zip(parts, numbers, strict=True)
        )
        answers = self._engine.render(jobs) if parts else iter(())
        return (
            _Marked(index, number, answer) for (index, _), number, answer in zip(parts, numbers, answers, strict=True)
        )

    def _read(self, renders: Iterator[_Marked]) -> list[tuple[int, str]]:
        """Note what can be read, and give what cannot."""
        failed: list[tuple[int, str]] = []
        for index, number, answer in renders:
            for source, path in self._paths[index].items():
                if path is None or path not in number:
                    continue
                text = answer.files.get(source) if isinstance(answer, Rendered) else None
                plain = self._asked[index].rendered.files.get(source, "")
                if text is None:
                    failed.append((index, path))
                    continue
                stripped, origins = unmark(text, number[path])
                # The helm command trims the end of what it prints, which is another file's each time.
                if stripped.rstrip("\n").count("\n") == plain.rstrip("\n").count("\n"):
                    self._results[index][source] = Traced(path, origins)
                else:
                    failed.append((index, path))
        return list(dict.fromkeys(failed))


def _traceable(asked: Asked, source: str) -> str | None:
    """The template of a rendered file; None when the chart has none, or when the file is too long."""
    if asked.rendered.files.get(source, "").count("\n") > MOST_LINES:
        return None
    return template_of(asked.job.chart, source)


def _marked(chart: Chart, numbers: Mapping[str, int], *, whole: bool) -> Chart:
    """The chart with marks in some templates; unless it is wanted whole, the others that define nothing are empty."""
    # A named template that changes values does so for whoever includes it.
    helpers = (content for path, content in chart.files.items() if path.endswith(".tpl"))
    matters = _INCLUDES if not whole and any(_holds(content, _CHANGES_VALUES) for content in helpers) else _MATTERS
    files = {path: content if whole else _needed(path, content, matters) for path, content in chart.files.items()}
    for path, number in numbers.items():
        text = chart.files[path].decode("utf-8", "surrogateescape")
        files[path] = mark(text, number).encode("utf-8", "surrogateescape")
    return chart._replace(files=files)


def _needed(path: str, content: bytes, matters: Iterable[bytes]) -> bytes:
    """What other templates may need of a file: all of it, unless it is a template that only renders itself.

    Templates that define others, or that change the values the next ones see (``set .Values "a" 1``), are needed.
    """
    folders = path.split("/")[:-1]
    renders = "templates" in folders[::2] and not path.rsplit("/", 1)[-1].startswith("_")
    return b"" if renders and not _holds(content, matters) else content


def _holds(content: bytes, expressions: Iterable[bytes]) -> bool:
    """Whether a file holds one of these. Each begins with letters: together they take ten times as long to find."""
    return any(re.search(one, content) for one in expressions)


def template_of(chart: Chart, source: str) -> str | None:
    """The path of the template behind a rendered file.

    They differ for a subchart with an alias, and for one whose folder is not named as the chart in it. None when the
    subchart is packed.
    """
    if source in chart.files:
        return source
    prefix, rest = "", source
    while rest.startswith("charts/") and rest.count("/") > 1:
        _, name, rest = rest.split("/", 2)
        folder = _subchart(chart.files, prefix, name)
        if folder is None:
            return None
        prefix = folder
    return prefix + rest if prefix + rest in chart.files else None


def _subchart(files: Mapping[str, bytes], prefix: str, name: str) -> str | None:
    """The folder of the subchart that is called ``name``, maybe by alias, in the chart at ``prefix``."""
    declared = metadata(files.get(f"{prefix}Chart.yaml", b"")).get("dependencies")
    items: Iterable[object] = declared if isinstance(declared, list) else ()
    aliases = {item.get("alias"): item.get("name") for item in items if isinstance(item, dict)}
    wanted = aliases.get(name, name)
    for path in files:
        if path.startswith(f"{prefix}charts/") and path.endswith("/Chart.yaml"):
            folder = path.removesuffix("Chart.yaml")
            if folder.count("/") == prefix.count("/") + 2 and metadata(files[path]).get("name") == wanted:
                return folder
    return None
