"""Data from plain YAML in half the time: where things stand in it is worked out when somebody asks.

Most YAML is plain: no anchors, no tags, no merge keys, no key twice, only text for keys. And of most documents nobody
ever asks for a position. So scalars are made into values where libyaml would make events of them, and none is kept.
What is not plain is left to ``yamlbuild``, whose data this gives otherwise.
"""

from typing import Any

from chartgen.libyaml import (
    Events,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)
from chartgen.yamlbuild import DEEPEST, Built, Positions, YamlList, YamlMap
from chartgen.yamlscalar import MAYBE_NUMBER, WORDS, Event, YamlError, plain

_MERGE = "<<"

_VALUES = frozenset({str, int, float, bool, type(None)})


class _NotPlain(Exception):
    """Something that only ``yamlbuild`` reads."""


def plain_documents(text: str, most_nodes: int) -> list[Built] | None:
    """The documents of a text; None where they are not plain, or are too large, or broken: others say how.

    Raises UnicodeError for a text that cannot be encoded.
    """
    if _MERGE in text or len(text) > 4 * most_nodes:
        return None
    try:
        with Events(text, _scalar) as next_event:
            return _documents(next_event, _Positions(text), most_nodes)
    except (_NotPlain, YAMLError):
        return None


def _scalar(anchor: str | None, tag: str | None, implicit: Any, text: str, start: Any, end: Any, style: str) -> Any:
    """The value of a scalar, or its event where that is not plain."""
    if anchor is None and tag is None:
        if style or (text not in WORDS and text[0] not in MAYBE_NUMBER):
            return text
        try:
            return plain(text)
        except YamlError:
            pass
    return ScalarEvent(anchor, tag, implicit, text, start, end, style)


def _documents(next_event: Any, positions: Positions, most_nodes: int) -> list[Built]:
    built = []
    reader = _Reader(next_event, positions)
    next_event()  # stream start
    while (event := next_event()).__class__ is not StreamEndEvent:
        if event.version is not None:
            raise _NotPlain
        reader.nodes = 1
        reader.keys = set()
        root = next_event()
        if root.__class__ is MappingStartEvent:
            data: Any = reader.mapping(root, 0)
        elif root.__class__ is SequenceStartEvent:
            data = reader.sequence(root, 0)
        else:
            raise _NotPlain
        if reader.nodes > most_nodes:
            raise _NotPlain
        next_event()  # document end
        built.append(Built(data, root, reader.nodes, reader.keys))
    return built


class _Reader:
    """Reads collections; counts their nodes and numbers them as ``yamlbuild`` does."""

    def __init__(self, next_event: Any, positions: Positions) -> None:
        self.next_event = next_event
        self.positions = positions
        self.number = 0
        self.nodes = 0
        self.keys: set[str] = set()

    def mapping(self, start: Event, depth: int) -> YamlMap:
        """A mapping up to its end."""
        result = YamlMap()
        self.begin(result, start, depth)
        next_event = self.next_event
        while (key := next_event()).__class__ is str:
            value = next_event()
            kind = value.__class__
            if kind is MappingStartEvent:
                value = self.mapping(value, depth + 1)
            elif kind is SequenceStartEvent:
                value = self.sequence(value, depth + 1)
            elif kind not in _VALUES:
                raise _NotPlain
            if key in result:
                raise _NotPlain
            result[key] = value
        if key.__class__ is not MappingEndEvent:
            raise _NotPlain
        self.keys.update(result)
        self.nodes += 2 * len(result)
        return result

    def sequence(self, start: Event, depth: int) -> YamlList:
        """A sequence up to its end."""
        result = YamlList()
        self.begin(result, start, depth)
        next_event = self.next_event
        while (value := next_event()).__class__ is not SequenceEndEvent:
            kind = value.__class__
            if kind is MappingStartEvent:
                value = self.mapping(value, depth + 1)
            elif kind is SequenceStartEvent:
                value = self.sequence(value, depth + 1)
            elif kind not in _VALUES:
                raise _NotPlain
            result.append(value)
        self.nodes += len(result)
        return result

    def begin(self, result: YamlMap | YamlList, start: Event, depth: int) -> None:
        """Number a collection."""
        if start.anchor is not None or depth > DEEPEST:
            raise _NotPlain
        result.number = self.number
        result.positions = self.positions
        self.number += 1


class _Positions:
    """Where everything in a plain text stands: read once more when somebody asks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Any] | None = None

    def of(self, number: int) -> Any:
        """The events of a collection, by its number."""
        if self._found is None:
            found: list[Any] = []
            with Events(self._text) as next_event:
                while (event := next_event()).__class__ is not StreamEndEvent:
                    _note(found, event, next_event)
            self._found = found  # all at once: other threads may ask
        return self._found[number]


def _note(found: list[Any], event: Event, next_event: Any) -> None:
    """Note what a collection consists of; other events consist of nothing."""
    if event.__class__ is MappingStartEvent:
        entries: dict[str, tuple[Event, Event]] = {}
        found.append(entries)
        while (key := next_event()).__class__ is ScalarEvent:
            value = next_event()
            entries[key.value] = (key, value)
            if value.__class__ is not ScalarEvent:
                _note(found, value, next_event)
    elif event.__class__ is SequenceStartEvent:
        items: list[Event] = []
        found.append(items)
        while (item := next_event()).__class__ is not SequenceEndEvent:
            items.append(item)
            if item.__class__ is not ScalarEvent:
                _note(found, item, next_event)
