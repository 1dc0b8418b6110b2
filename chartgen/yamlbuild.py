"""libyaml's events -> data that knows where it stands."""

from collections.abc import Set
from typing import Any, Protocol

from chartgen.libyaml import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple
from chartgen.yamlscalar import Event, YamlError, at, float_key, scalar

DEEPEST = 200
"""Nesting beyond this is refused; Go's parser stops at 10,000, no chart needs 50."""


class Positions(Protocol):
    """Where everything in a text stands that was read without."""

    def of(self, number: int) -> Any:
        """The events of what has a number."""
        ...


class YamlMap(dict[str, Any]):
    """A mapping that knows where its keys and values stand: key -> (key event, value event)."""

    __slots__ = ("_events", "number", "positions")
    positions: Positions
    number: int

    @property
    def events(self) -> dict[str, tuple[Event, Event]]:
        """Where everything in it stands; worked out now if it was read without. One that was not read has nothing."""
        if not hasattr(self, "_events"):
            self._events = self.positions.of(self.number) if hasattr(self, "positions") else {}
        return self._events


class YamlList(list[Any]):
    """A sequence that knows where its items stand."""

    __slots__ = ("_events", "number", "positions")
    positions: Positions
    number: int

    @property
    def events(self) -> list[Event]:
        """Where each of its items stands; worked out now if it was read without."""
        if not hasattr(self, "_events"):
            self._events = self.positions.of(self.number) if hasattr(self, "positions") else []
        return self._events


class Duplicate(NamedTuple):
    """A key given twice in one mapping; the later one wins in Helm, and is refused by stricter readers."""

    pointer: Pointer
    line: int
    column: int
    first_line: int


class Built(NamedTuple):
    """A document: its data, the event it begins with, and what ``yamlread.Document`` tells of it."""

    data: Any
    root: Event
    nodes: int
    keys: Set[str]
    duplicates: tuple[Duplicate, ...] = ()


def documents(next_event: Any, first_line: int, most_nodes: int) -> list[Built]:
    """The documents of a text. Raises YamlError, and YAMLError for broken YAML."""
    built = []
    next_event()  # stream start
    while not isinstance(event := next_event(), StreamEndEvent):
        assert isinstance(event, DocumentStartEvent)
        if event.version not in (None, (1, 1)):
            raise YamlError("Helm reads YAML 1.1 only", first_line)
        builder = Builder(next_event, first_line, most_nodes)
        root: Event = next_event()
        try:
            data = builder.value(root, 0)
        except YamlError as error:
            if error.line is not None:
                error.line += first_line - 1
            raise
        end = next_event()
        assert isinstance(end, DocumentEndEvent)
        built.append(Built(data, root, builder.nodes, builder.keys, tuple(builder.duplicates())))
    return built


class Builder:
    """Turns the events of one document into data; counts nodes so that aliases cannot explode."""

    def __init__(self, next_event: Any, first_line: int, most_nodes: int) -> None:
        self.next_event = next_event
        self.first_line = first_line
        self.most_nodes = most_nodes
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open_anchors: set[str] = set()
        self.nodes = 0
        self.keys: set[str] = set()
        self.twice: list[tuple[tuple[str | int, ...], Event, Event]] = []
        self.path: list[str | int] = []

    def duplicates(self) -> list[Duplicate]:
        """Keys given twice, in the order of the text."""
        shift = self.first_line
        return [
            Duplicate(
                Pointer(path), key.start_mark.line + shift, key.start_mark.column + 1, first.start_mark.line + shift
            )
            for path, first, key in self.twice
        ]

    def value(self, event: Event, depth: int) -> Any:
        """The value that begins with an event. Raises YamlError."""
        self.nodes += 1
        kind = type(event)
        if kind is ScalarEvent:
            value = scalar(event)
            if event.anchor:
                self.anchors[event.anchor] = (value, 1)
            return value
        if depth > DEEPEST:
            raise at(event, f"nested deeper than {DEEPEST} levels")
        if kind is MappingStartEvent:
            return self.anchored(event, self.mapping, depth)
        if kind is SequenceStartEvent:
            return self.anchored(event, self.sequence, depth)
        assert kind is AliasEvent
        return self.alias(event)

    def anchored(self, event: Event, build: Any, depth: int) -> Any:
        """A mapping or a sequence, remembered where it has an anchor."""
        anchor = event.anchor
        if not anchor:
            return build(event, depth)
        before = self.nodes
        self.open_anchors.add(anchor)
        value = build(event, depth)
        self.open_anchors.discard(anchor)
        self.anchors[anchor] = (value, self.nodes - before + 1)
        return value

    def alias(self, event: Event) -> Any:
        """What an alias stands for, counted as if it were written out."""
        if event.anchor in self.open_anchors:
            raise at(event, f"anchor '{event.anchor}' contains itself")
        if event.anchor not in self.anchors:
            raise at(event, f"unknown anchor '{event.anchor}'")
        value, size = self.anchors[event.anchor]
        self.nodes += size
        if self.nodes > self.most_nodes:
            raise at(event, f"aliases expand to more than {self.most_nodes:,} nodes")
        return value

    def mapping(self, start: Event, depth: int) -> YamlMap:
        """A mapping up to its end, merge keys taken in."""
        result = YamlMap()
        events = result.events
        merges: list[Any] = []
        next_event = self.next_event
        path = self.path
        while type(key_event := next_event()) is not MappingEndEvent:
            if self.nodes > self.most_nodes:
                raise self.too_large(start)
            key = self.key(key_event)
            value_event = next_event()
            if type(value_event) is ScalarEvent and not value_event.anchor:  # most values: said here again for speed
                self.nodes += 1
                value = scalar(value_event)
            else:
                path.append(key)
                value = self.value(value_event, depth + 1)
                path.pop()
            if key == "<<" and key_event.style == "" and key_event.implicit[0]:
                merges.append((value, value_event))
                continue
            if key in events:
                self.twice.append(((*path, key), events[key][0], key_event))
            result[key] = value
            events[key] = (key_event, value_event)
        self.keys.update(result)
        for value, value_event in merges:
            _merge(result, value, value_event)
        return result

    def key(self, event: Event) -> str:
        """A key as Helm has it: text, whatever it looks like."""
        self.nodes += 1
        if type(event) is AliasEvent:
            value = self.alias(event)
        elif type(event) is ScalarEvent:
            value = scalar(event)
            if event.anchor:
                self.anchors[event.anchor] = (value, 1)
            if value is event.value:
                return str(value)
        else:
            raise at(event, "a mapping or a sequence cannot be a key")
        if value is None:
            raise at(event, "a key cannot be null")
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return float_key(value)
        if isinstance(value, int | str):
            return str(value)
        raise at(event, "a mapping or a sequence cannot be a key")

    def sequence(self, start: Event, depth: int) -> YamlList:
        """A sequence up to its end."""
        result = YamlList()
        events = result.events
        path = self.path
        next_event = self.next_event
        while type(event := next_event()) is not SequenceEndEvent:
            if self.nodes > self.most_nodes:
                raise self.too_large(start)
            path.append(len(result))
            result.append(self.value(event, depth + 1))
            path.pop()
            events.append(event)
        return result

    def too_large(self, event: Event) -> YamlError:
        """The error for a document that holds too much."""
        return at(event, f"holds more than {self.most_nodes:,} values")


def _merge(target: YamlMap, value: Any, event: Event) -> None:
    sources = value if isinstance(value, YamlList) else [value]
    for source in sources:
        if not isinstance(source, YamlMap):
            raise at(event, "a merge key '<<' takes a mapping or a list of mappings")
        for key in source:
            if key not in target:
                target[key] = source[key]
                target.events[key] = source.events[key]
