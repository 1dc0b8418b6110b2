"""Where the value at a template line is set: in the scenario's values file, or in values.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.chart.documents import Documents
from chartgen.engine.valuespaths import values_paths
from chartgen.findings import Related
from chartgen.lint.drafts import Spot
from chartgen.lint.subject import Subject
from chartgen.location import Location, Pointer
from chartgen.yamlread import Document, locate

_MISSING = object()

_MOST = 3
"""Places shown at most: a line that reads more is a sentence of its own."""


class ValueOrigins:
    """Looks values up in the files of one chart, each read once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._documents = Documents(subject.chart, subject.documents)
        self._known: dict[tuple[str, int], tuple[Pointer, ...]] = {}

    def of(self, spot: Spot, file: str, line: int, scenario: str) -> Iterator[Related]:
        """The places in values files that the value at a line of a template comes from.

        Nothing when the spot is an item that stands for all that is in it: which value of it is meant is not known.
        """
        for path in self._paths(file, line, spot):
            if self._given(path, spot, scenario) is not None:
                continue
            for values_file, below in self._files(file, spot.source, scenario):
                document = self._read(values_file)
                if document is None:
                    continue
                at = below + _deeper(document.data, below, path, spot)
                where = document.locate(at, key=True, file=values_file)
                if where.exact and where.line is not None:
                    yield Related(where, _message(document.data, at, spot))
                    break

    def of_user(self, spot: Spot, file: str, line: int, scenario: str) -> Iterator[Related]:
        """The places in the values files that the user gave; these are no files of the chart."""
        for path in self._paths(file, line, spot):
            where = self._given(path, spot, scenario)
            if where is not None and where.line is not None:
                yield Related(where, f"{where.pointer.dotted} is set here")

    def _given(self, path: Pointer, spot: Spot, scenario: str) -> Location | None:
        """Where the user set a value: in a file, at an unknown place (``--set``), or not at all (None)."""
        given = self._subject.scenario(scenario)
        at = Pointer(tuple(subcharts(spot.source))) + path
        if given.overrides(at):
            return Location(pointer=at)
        for one in reversed(given.given):
            if _at(one.values, at) is not _MISSING:
                return locate(one.values, at, key=True, file=one.name)
        return None

    def _paths(self, file: str, line: int, spot: Spot) -> tuple[Pointer, ...]:
        """The values that the line reads; those of the line below when the spot is a bare key filled in there."""
        if spot.inner and not spot.key:
            return ()
        if paths := self._reads(file, line):
            return paths[:_MOST]
        below = self._reads(file, line + 1) if spot.at_key else ()
        return tuple(path for path in below if is_named_after(path.parts[-1], spot.key))

    def _reads(self, file: str, line: int) -> tuple[Pointer, ...]:
        if (file, line) not in self._known:
            template = self._subject.chart.text(file) or ""
            lines = template.split("\n", line)
            # Most lines hold no action, and to find out what an action reads takes the whole template.
            has_action = line <= len(lines) and "{{" in lines[line - 1]
            self._known[file, line] = values_paths(template, line) if has_action else ()
        return self._known[file, line]

    def _files(self, template: str, source: str, scenario: str) -> Iterator[tuple[str, Pointer]]:
        """The values files a template's ``.Values`` come from, the strongest first; with the place of them in each.

        A subchart's values are below its name (in ``source``, maybe an alias) in its parents' files, and at the top of
        its own, in its folder (in ``template``).
        """
        folders, names = subcharts(template), subcharts(source)
        if own := self._subject.scenario(scenario).file:
            yield own, Pointer(tuple(names))
        for depth in range(len(folders) + 1):
            prefix = "".join(f"charts/{folder}/" for folder in folders[:depth])
            yield f"{prefix}values.yaml", Pointer(tuple(names[depth:]))

    def _read(self, path: str) -> Document | None:
        found = self._documents.document(path)
        return found if isinstance(found, Document) else None


def subcharts(path: str) -> list[str]:
    """The subcharts a path leads through: ``a`` and ``b`` of ``charts/a/charts/b/templates/x.yaml``."""
    parts = path.split("/")
    depth = next((i for i in range(0, len(parts), 2) if parts[i] != "charts"), len(parts))
    return parts[1:depth:2]


def is_named_after(value: str | int, key: str | int) -> bool:
    """Whether a value is named after a key: ``resources``, or ``podSecurityContext`` for ``securityContext``."""
    return bool(key) and str(value).lower().endswith(str(key).lower())


def _deeper(data: Any, below: Pointer, path: Pointer, spot: Spot) -> Pointer:
    """The place below ``path`` that is meant when the template prints a whole map: the one with the same value."""
    parts = spot.location.pointer.parts
    if spot.value is None:
        return path
    for index in range(len(parts) - 1, 0, -1):
        inner = Pointer(parts[index:])
        if is_named_after(path.parts[-1], parts[index - 1]) and _at(data, below + path + inner) == spot.value:
            return path + inner
    return path


def _at(data: Any, pointer: Pointer) -> Any:
    for part in pointer.parts:
        if isinstance(data, dict) and str(part) in data:
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return _MISSING
    return data


def _message(data: Any, at: Pointer, spot: Spot) -> str:
    value = _at(data, at)
    if spot.value is not None and value == spot.value:
        return "the value comes from here"
    return f"{at.dotted} is set here"
