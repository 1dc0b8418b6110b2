"""Reads YAML as Helm does, keeping every position.

Helm reads YAML through Go's sigs.k8s.io/yaml: YAML 1.1 words are booleans (``yes``, ``on``, ``y``), ``0755`` is octal,
``12:30:45`` and dates stay strings, ``1e3`` is a number, keys become strings, and the last of two equal keys wins.
PyYAML's own constructor differs in each of these, so data is built here from libyaml's events, which is also twice
as fast. Mappings and sequences remember their events, so positions cost nothing until they are asked for.
"""

import re
from typing import Any, NamedTuple

from chartgen.libyaml import (
    AliasEvent,
    CParser,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)
from chartgen.location import Location, Pointer

Event = Any
"""An event of PyYAML; its C classes carry no types."""

DEEPEST = 200
"""Nesting beyond this is refused; Go's parser stops at 10,000, no chart needs 50."""

MOST_NODES = 2_000_000
"""Nodes, counting what aliases repeat, beyond which a document is refused as a bomb."""


class YamlMap(dict[str, Any]):
    """A mapping that knows where its keys and values stand: key -> (key event, value event)."""

    __slots__ = ("end", "events", "start")

    def __init__(self) -> None:
        super().__init__()
        self.events: dict[str, tuple[Event, Event]] = {}
        self.start: Event
        self.end: Event | None = None


class YamlList(list[Any]):
    """A sequence that knows where its items stand."""

    __slots__ = ("end", "events", "start")

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.start: Event
        self.end: Event | None = None


class Duplicate(NamedTuple):
    """A key given twice in one mapping; the later one wins in Helm, and is refused by stricter readers."""

    pointer: Pointer
    line: int
    column: int
    first_line: int


class Document(NamedTuple):
    """One YAML document: plain data (dicts, lists and scalars) with positions, and what is doubtful about it.

    ``line`` is the 1-based line of the file at which the text that was read began, so that positions are lines of
    the whole file.
    """

    data: Any
    root: Event | None
    line: int
    duplicates: tuple[Duplicate, ...] = ()

    def locate(self, pointer: Pointer, *, key: bool = False, file: str | None = None) -> Location:
        """The location of a place, or of the deepest part of it that exists (then ``exact`` is false).

        ``key=True`` gives the key's position rather than the value's.
        """
        return locate(self.data, pointer, key=key, file=file, root=self.root, offset=self.line - 1)


class YamlError(ValueError):
    """The text is no YAML that Helm would read; ``line`` and ``column`` are 1-based, or None when unknown."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def read(text: str, *, first_line: int = 1, most_nodes: int = MOST_NODES) -> Document:
    """The one document of a text. An empty text gives data ``None``.

    Raises YamlError for broken YAML, for more than ``most_nodes`` values, and for a second document.
    """
    documents = read_all(text, first_line=first_line, most_nodes=most_nodes)
    if len(documents) > 1:
        second = documents[1].root
        line = second.start_mark.line + first_line if second else None
        raise YamlError("a second document begins here", line, 1)
    return documents[0] if documents else Document(None, None, first_line)


def read_all(text: str, *, first_line: int = 1, most_nodes: int = MOST_NODES) -> tuple[Document, ...]:
    """All documents of a text, which began at ``first_line`` of its file. Raises YamlError for broken YAML."""
    try:
        parser = CParser(text)
    except (YAMLError, ValueError) as error:
        raise _as_yaml_error(error, first_line, text) from None
    try:
        return tuple(_documents(parser.get_event, first_line, most_nodes))
    except YAMLError as error:
        raise _as_yaml_error(error, first_line, text) from None
    finally:
        parser.dispose()


def _documents(next_event: Any, first_line: int, most_nodes: int) -> list[Document]:
    documents = []
    next_event()  # stream start
    while not isinstance(event := next_event(), StreamEndEvent):
        assert isinstance(event, DocumentStartEvent)
        if event.version not in (None, (1, 1)):
            raise YamlError("Helm reads YAML 1.1 only", first_line)
        builder = _Builder(next_event, first_line, most_nodes)
        root: Event = next_event()
        try:
            data = builder.value(root, 0)
        except YamlError as error:
            if error.line is not None:
                error.line += first_line - 1
            raise
        end = next_event()
        assert isinstance(end, DocumentEndEvent)
        if not _empty(root):
            documents.append(Document(data, root, first_line, tuple(builder.duplicates())))
    return documents


class _Builder:
    """Turns the events of one document into data; counts nodes so that aliases cannot explode."""

    def __init__(self, next_event: Any, first_line: int, most_nodes: int) -> None:
        self.next_event = next_event
        self.first_line = first_line
        self.most_nodes = most_nodes
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open_anchors: set[str] = set()
        self.nodes = 0
        self.twice: list[tuple[tuple[str | int, ...], Event, Event]] = []
        self.path: list[str | int] = []

    def duplicates(self) -> list[Duplicate]:
        shift = self.first_line
        return [
            Duplicate(
                Pointer(path), key.start_mark.line + shift, key.start_mark.column + 1, first.start_mark.line + shift
            )
            for path, first, key in self.twice
        ]

    def value(self, event: Event, depth: int) -> Any:
        self.nodes += 1
        kind = type(event)
        if kind is ScalarEvent:
            value = scalar(event)
            if event.anchor:
                self.anchors[event.anchor] = (value, 1)
            return value
        if depth > DEEPEST:
            raise _at(event, f"nested deeper than {DEEPEST} levels")
        if kind is MappingStartEvent:
            return self.anchored(event, self.mapping, depth)
        if kind is SequenceStartEvent:
            return self.anchored(event, self.sequence, depth)
        assert kind is AliasEvent
        return self.alias(event)

    def anchored(self, event: Event, build: Any, depth: int) -> Any:
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
        if event.anchor in self.open_anchors:
            raise _at(event, f"anchor '{event.anchor}' contains itself")
        if event.anchor not in self.anchors:
            raise _at(event, f"unknown anchor '{event.anchor}'")
        value, size = self.anchors[event.anchor]
        self.nodes += size
        if self.nodes > self.most_nodes:
            raise _at(event, f"aliases expand to more than {self.most_nodes:,} nodes")
        return value

    def mapping(self, start: Event, depth: int) -> YamlMap:
        result = YamlMap()
        result.start = start
        events = result.events
        merges: list[Any] = []
        next_event = self.next_event
        path = self.path
        while type(key_event := next_event()) is not MappingEndEvent:
            key = self.key(key_event)
            value_event = next_event()
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
        result.end = key_event
        self.check_size(start)
        for value, value_event in merges:
            _merge(result, value, value_event)
        return result

    def key(self, event: Event) -> str:
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
            raise _at(event, "a mapping or a sequence cannot be a key")
        if value is None:
            raise _at(event, "a key cannot be null")
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return _float_key(value)
        if isinstance(value, int | str):
            return str(value)
        raise _at(event, "a mapping or a sequence cannot be a key")

    def sequence(self, start: Event, depth: int) -> YamlList:
        result = YamlList()
        result.start = start
        path = self.path
        next_event = self.next_event
        while type(event := next_event()) is not SequenceEndEvent:
            path.append(len(result))
            result.append(self.value(event, depth + 1))
            path.pop()
            result.events.append(event)
        result.end = event
        self.check_size(start)
        return result

    def check_size(self, event: Event) -> None:
        if self.nodes > self.most_nodes:
            raise _at(event, f"holds more than {self.most_nodes:,} values")


def _merge(target: YamlMap, value: Any, event: Event) -> None:
    sources = value if isinstance(value, YamlList) else [value]
    for source in sources:
        if not isinstance(source, YamlMap):
            raise _at(event, "a merge key '<<' takes a mapping or a list of mappings")
        for key in source:
            if key not in target:
                target[key] = source[key]
                target.events[key] = source.events[key]


_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
}  # fmt: skip

_MAYBE_NUMBER = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|[0-9]+)\Z")
_LARGEST_INTEGER = 2**64 - 1
"""Beyond this Go's parser takes hexadecimal digits for text and decimal ones for a float."""
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "!"}


def scalar(event: Event) -> Any:
    """The value of a scalar event in Helm's reading: str, int, float, bool or None."""
    text: str = event.value
    if event.style or event.tag in _PLAIN_TAGS or not event.implicit[0]:
        return _tagged(event, text) if event.tag else text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MAYBE_NUMBER:
        return text
    return _number(event, text)


def _number(event: Event, text: str) -> Any:
    digits = text.replace("_", "") if "_" in text else text
    if _INTEGER.match(digits):
        sign, body = (-1, digits[1:]) if digits[0] == "-" else (1, digits.lstrip("+"))
        prefixed = body[:2].lower() in ("0b", "0o", "0x")
        try:
            value = int(body, 0) if prefixed else int(body, 8 if len(body) > 1 and body[0] == "0" else 10)
        except ValueError:
            pass  # 08 and 09 are decimal floats to Go
        else:
            if value <= _LARGEST_INTEGER or body[0] != "0":
                return sign * value
    if _FLOAT.match(digits):
        number = float(digits)
        if number in (float("inf"), float("-inf")):
            return text
        return int(number) if number.is_integer() and re.fullmatch(r"[-+]?[0-9]+", digits) else number
    if _SPECIAL.match(text):
        raise _at(event, f"{text} has no meaning in JSON, and so none in Kubernetes")
    return text


def _tagged(event: Event, text: str) -> Any:
    kind = event.tag.removeprefix("tag:yaml.org,2002:")
    if kind in ("null", "bool"):
        value = _WORDS.get(text, text)
        if text not in _WORDS or (value is None) != (kind == "null"):
            raise _at(event, f"'{text}' is no {kind}")
        return value
    if kind == "binary":
        return _binary(event, text)
    if kind in ("int", "float"):
        value = _number(event, text) if text else text
        if isinstance(value, int | float):
            return float(value) if kind == "float" else value
        raise _at(event, f"'{text}' is no {kind}")
    return text


def _binary(event: Event, text: str) -> str:
    from base64 import b64decode

    try:
        return b64decode(text).decode("utf-8", "replace")
    except ValueError:
        raise _at(event, "!!binary holds no base64") from None


def _float_key(value: float) -> str:
    """A number as Go writes it for a key: the shortest digits that a 32-bit float needs."""
    from struct import pack

    if abs(value) > 3.4028235e38:
        return ".inf" if value > 0 else "-.inf"
    digits = next(n for n in range(1, 10) if pack("f", float(f"{value:.{n - 1}e}")) == pack("f", value) or n == 9)
    exponent = int(f"{value:.{digits - 1}e}".partition("e")[2])
    return f"{value:.{max(digits - 1 - exponent, 0)}f}" if -4 <= exponent < 6 else f"{value:.{digits - 1}e}"


def locate(
    data: Any,
    pointer: Pointer,
    *,
    key: bool = False,
    file: str | None = None,
    root: Event | None = None,
    offset: int = 0,
) -> Location:
    """The location of ``pointer`` in data that came from here; the deepest existing part when it leads nowhere.

    ``offset`` is added to every line: the lines of the file above the text that was read.
    """
    top = data
    key_event, value_event = None, root
    exact = True
    for part in pointer.parts:
        if isinstance(data, YamlMap) and str(part) in data.events:
            key_event, value_event = data.events[str(part)]
            data = data[str(part)]
        elif isinstance(data, YamlList) and str(part).isdecimal() and int(part) < len(data):
            key_event, value_event = None, data.events[int(part)]
            data = data[int(part)]
        else:
            exact = False
            if key_event is None and isinstance(data, YamlMap) and "name" in data.events and data is not top:
                key_event = data.events["name"][0]  # people know an item of a list by its name
            break
    event: Event = key_event if key_event is not None and (key or not exact or _empty(value_event)) else value_event
    if event is None:
        return Location(file, pointer=pointer, exact=False)
    start = event.start_mark
    end = event.end_mark if isinstance(event, ScalarEvent | AliasEvent) else None
    return Location(
        file,
        start.line + 1 + offset,
        start.column + 1,
        end.line + 1 + offset if end else None,
        end.column + 1 if end else None,
        pointer,
        exact,
    )


def _empty(event: Event) -> bool:
    """Whether a value was left out, as in ``key:``."""
    return getattr(event, "value", None) == "" and bool(event.start_mark.index == event.end_mark.index)


def _at(event: Event, message: str) -> YamlError:
    return YamlError(message, event.start_mark.line + 1, event.start_mark.column + 1)


_FORBIDDEN = "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""Characters YAML does not allow, as a pattern that takes 4 ms to compile."""
"""A character that YAML does not allow anywhere; libyaml does not say where it stands."""


def _as_yaml_error(error: Exception, first_line: int, text: str) -> YamlError:
    """libyaml's error in our words, with its position."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    if problem == "found unexpected end of stream" and getattr(error, "context_mark", None):
        mark = error.context_mark  # type: ignore[attr-defined]  # the quote that is never closed
    context = getattr(error, "context", None)
    message = f"{problem} {context}" if context and context not in problem else str(problem)
    if mark is None:
        forbidden = re.search(_FORBIDDEN, text)
        at = forbidden.start() if forbidden else 0
        line = text.count("\n", 0, at) + first_line
        return YamlError(message, line, at - text.rfind("\n", 0, at)) if forbidden else YamlError(message)
    return YamlError(message, mark.line + first_line, mark.column + 1)
