"""A spec's text and data with positions, and the one way to say that something in it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Location, Pointer
from chartgen.spec.units import text
from chartgen.yamlbuild import YamlMap
from chartgen.yamlread import Document


@dataclass(frozen=True, slots=True)
class Source:
    """The document read from ``file``; ``files`` holds the contents of those it names, by their paths in it."""

    file: str
    document: Document
    files: Mapping[str, bytes] = field(default_factory=dict)

    def existing(self, pointer: Pointer) -> Pointer:
        """The deepest part of a place that is really there: ``image`` for ``image.tag`` when the image is text."""
        data: Any = self.document.data
        for depth, part in enumerate(pointer.parts):
            there = part in data if isinstance(data, Mapping) else isinstance(data, list) and part in range(len(data))
            if not there:
                return Pointer(pointer.parts[:depth])
            data = data[part]
        return pointer

    def value(self, pointer: Pointer) -> Any:
        """What stands at a place that exists."""
        data: Any = self.document.data
        for part in pointer.parts:
            data = data[part]
        return data

    def written(self, pointer: Pointer) -> str:
        """A scalar as it is written in the file, without quotes; an alias as what it stands for."""
        if not pointer.parts:
            return ""
        holder: Any = self.value(pointer.parent)
        found: Any = holder.events[pointer.parts[-1]]
        event = found[1] if isinstance(holder, YamlMap) else found
        return str(getattr(event, "value", "")) or text(holder[pointer.parts[-1]])

    def at(self, pointer: Pointer, *, key: bool = False) -> Location:
        """Where a place stands: a scalar itself, the key of a mapping or list, or what exists above it."""
        place = self.existing(pointer)
        key = key or isinstance(self.value(place), dict | list)
        return self.document.locate(place, key=key, file=self.file)

    def problem(
        self,
        pointer: Pointer,
        message: str,
        *,
        code: str,
        hint: str = "",
        key: bool = False,
        warning: bool = False,
    ) -> Problem:
        """A problem at a place; the message gets the place's name in front."""
        place = self.existing(pointer)
        said = f"{place.dotted}: {message}" if place.parts else message
        return Problem(said, self.at(place, key=key), hint, code, warning)


class Origin(Mapping[Pointer, Location]):
    """Where everything in a spec stands. Positions are looked up when asked for, since hardly any ever is."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __getitem__(self, pointer: Pointer) -> Location:
        if self._source.existing(pointer) != pointer:
            raise KeyError(pointer)
        return self._source.at(pointer)

    def __iter__(self) -> Iterator[Pointer]:
        return _pointers(self._source.document.data, Pointer())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _pointers(data: Any, pointer: Pointer) -> Iterator[Pointer]:
    yield pointer
    items: Any = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for part, value in items:
        yield from _pointers(value, pointer / part)
