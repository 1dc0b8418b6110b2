"""Where the value at a template line is set: in the scenario's values file, or in values.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from chartgen.engine.valuespaths import values_paths
from chartgen.findings import Related
from chartgen.lint.drafts import Spot
from chartgen.lint.subject import Subject
from chartgen.location import Pointer
from chartgen.yamlread import Document, YamlError, read

_MISSING = object()


class ValueOrigins:
    """Looks values up in the files of one chart, each read once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._template = cache(lambda file: subject.chart.text(file) or "")
        self._reads = cache(self._values_paths)
        self._document = cache(self._read)

    def of(self, spot: Spot, file: str, line: int, scenario: str) -> Iterator[Related]:
        """The places in values files that the value at a line of a template comes from."""
        for path in self._paths(file, line, spot):
            for values_file, below in self._files(file, scenario):
                document = self._document(values_file)
                if document is None:
                    continue
                at = below + _deeper(document.data, below + path, below, path, spot)
                where = document.locate(at, key=True, file=values_file)
                if where.exact and where.line is not None:
                    yield Related(where, _message(document.data, at, spot))
                    break

    def _paths(self, file: str, line: int, spot: Spot) -> tuple[Pointer, ...]:
        """The values that the line reads; those of the line below when the spot is a bare key filled in there."""
        if paths := self._reads(file, line):
            return paths
        below = self._reads(file, line + 1) if spot.at_key else ()
        return tuple(path for path in below if path.parts[-1] == spot.key)

    def _values_paths(self, file: str, line: int) -> tuple[Pointer, ...]:
        template = self._template(file)
        lines = template.split("\n", line)
        # Most lines hold no action, and to find out what an action reads takes the whole template.
        return values_paths(template, line) if line <= len(lines) and "{{" in lines[line - 1] else ()

    def _files(self, template: str, scenario: str) -> Iterator[tuple[str, Pointer]]:
        """The values files a template's ``.Values`` come from, the strongest first; with the place of them in each.

        A subchart's values are below its name in its parents' files, and at the top of its own.
        """
        own = self._subject.scenario(scenario).file
        folders = template.split("/")
        names = [folders[i + 1] for i in range(0, len(folders) - 2, 2) if folders[i] == "charts"]
        if own:
            yield own, Pointer(tuple(names))
        for depth in range(len(names) + 1):
            prefix = "".join(f"charts/{name}/" for name in names[:depth])
            yield f"{prefix}values.yaml", Pointer(tuple(names[depth:]))

    def _read(self, path: str) -> Document | None:
        text = self._subject.chart.text(path)
        try:
            return None if text is None else read(text)
        except YamlError:
            return None


def _deeper(data: Any, start: Pointer, below: Pointer, path: Pointer, spot: Spot) -> Pointer:
    """The place below ``path`` that is meant when the template prints a whole map: the one with the same value."""
    last = path.parts[-1]
    parts = spot.location.pointer.parts
    if last in parts and spot.value is not None:
        rest = parts[len(parts) - parts[::-1].index(last) :]
        if rest and _at(data, start + Pointer(rest)) == spot.value:
            return path + Pointer(rest)
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
