"""libyaml's parser and its events: PyYAML's only door.

The extension ``yaml._yaml`` imports all of PyYAML for the names of eight exceptions. The readers, scanners and
constructors in pure Python that come along take 12 ms to import, a tenth of a short run, and none of them is used
here. While the extension is imported, modules with just these exceptions stand in their place; afterwards they are
gone, and ``import yaml`` elsewhere finds the whole package.
"""

from __future__ import annotations

import sys
from _thread import allocate_lock
from bisect import bisect_left
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


def _load() -> Any:
    """The extension's module; imported as usual where somebody has imported PyYAML before."""
    spec = PathFinder.find_spec("yaml")
    if "yaml" in sys.modules or spec is None or spec.submodule_search_locations is None:
        from yaml import _yaml

        return _yaml
    stand_ins = dict(_stand_ins(spec))
    sys.modules.update(stand_ins)
    try:
        for part in ("yaml.tokens", "yaml.events", "yaml.nodes"):
            import_module(part)
        return import_module("yaml._yaml")
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _stand_ins(spec: ModuleSpec) -> list[tuple[str, ModuleType]]:
    package = ModuleType("yaml")
    package.__path__ = list(spec.submodule_search_locations or ())
    package.__spec__ = spec
    sys.modules["yaml"] = package
    from yaml.error import MarkedYAMLError, YAMLError

    class ReaderError(YAMLError):
        """A character that is not allowed: the one exception that is made with other arguments."""

        def __init__(self, name: str, position: int, character: int, encoding: str, reason: str) -> None:
            super().__init__(reason)
            self.name = name
            self.position = position
            self.character = character
            self.encoding = encoding
            self.reason = reason

    reader = ModuleType("yaml.reader")
    reader.ReaderError = ReaderError  # type: ignore[attr-defined]
    found = [reader]
    for stage in ("scanner", "parser", "composer", "constructor", "emitter", "serializer", "representer"):
        module = ModuleType(f"yaml.{stage}")
        name = f"{stage.capitalize()}Error"
        setattr(module, name, type(name, (MarkedYAMLError,), {}))
        found.append(module)
    for module in found:
        setattr(package, module.__name__.removeprefix("yaml."), module)
    return [(module.__name__, module) for module in (package, *found)]


_yaml = _load()

from yaml.error import YAMLError  # noqa: E402 - only now is it certain which package this comes from
from yaml.events import (  # noqa: E402
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

_ALONE = allocate_lock()
"""What scalars are made into is said to the extension as a whole, so one text is parsed at a time."""


_BREAKS = ("\x85", "\u2028", "\u2029")
"""What YAML 1.1 takes for the end of a line, besides those that everybody does."""


class Mark:
    """A place in a text, all from 0: ``line`` counts the lines that end in a line feed."""

    __slots__ = ("column", "index", "line")

    def __init__(self, index: int, line: int, column: int) -> None:
        self.index = index
        self.line = line
        self.column = column


class Events:
    """The events of a text: ``with Events(text) as next_event`` gives a function that gives one after the other.

    ``scalar`` is called with what PyYAML makes a ``ScalarEvent`` of, and what it returns is given in its place. Lines
    are those of editors, whatever else YAML takes for the end of one. Raises YAMLError for broken YAML, and that or
    ValueError when it is made of a text that cannot be encoded.
    """

    def __init__(self, text: str, scalar: Callable[..., Any] = ScalarEvent) -> None:
        self._parser = _yaml.CParser(text)
        self._scalar = scalar
        self._feeds: list[int] | None = None
        if not text.isascii() and any(one in text for one in _BREAKS):
            self._feeds = [index for index, letter in enumerate(text) if letter == "\n"]

    def __enter__(self) -> Any:
        _ALONE.acquire()
        if self._feeds is None:
            _yaml.ScalarEvent = self._scalar
            return self._parser.get_event
        _yaml.ScalarEvent = self._marked_scalar
        return self._marked

    def _marked_scalar(self, anchor: Any, tag: Any, implicit: Any, text: str, start: Any, end: Any, style: Any) -> Any:
        return self._scalar(anchor, tag, implicit, text, self._mark(start), self._mark(end), style)

    def _marked(self) -> Any:
        """The next event; what is none was made of a scalar, whose marks are right already."""
        event = self._parser.get_event()
        if isinstance(event, Event) and not isinstance(event, ScalarEvent):
            for name in ("start_mark", "end_mark"):
                setattr(event, name, self._mark(getattr(event, name)))
        return event

    def _mark(self, mark: Any) -> Mark | None:
        if mark is None:
            return None
        assert self._feeds is not None
        line = bisect_left(self._feeds, mark.index)
        return Mark(mark.index, line, mark.index - (self._feeds[line - 1] + 1 if line else 0))

    def __exit__(self, *_: object) -> None:
        _yaml.ScalarEvent = ScalarEvent
        _ALONE.release()
        self._parser.dispose()


__all__ = [
    "AliasEvent",
    "DocumentEndEvent",
    "DocumentStartEvent",
    "Events",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
]
