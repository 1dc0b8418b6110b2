"""Reads YAML as Helm does, keeping every position.

Helm reads YAML through Go's sigs.k8s.io/yaml: YAML 1.1 words are booleans (``yes``, ``on``, ``y``), ``0755`` is octal,
``12:30:45`` and dates stay strings, ``1e3`` is a number, keys become strings, and the last of two equal keys wins.
PyYAML's own constructor differs in each of these, so data is built here from libyaml's events, which is also twice
as fast. Mappings and sequences know their events, or how to find them (``yamlquick``), so positions cost nothing until
they are asked for.
"""

import re
from collections.abc import Iterator, Set
from typing import Any

from chartgen.errors import Problem
from chartgen.libyaml import AliasEvent, Events, ScalarEvent, YAMLError
from chartgen.location import Location, Pointer
from chartgen.tuples import NamedTuple
from chartgen.yamlbuild import Duplicate, YamlList, YamlMap, documents
from chartgen.yamlquick import plain_documents
from chartgen.yamlscalar import Event, YamlError

MOST_NODES = 500_000
"""Nodes, counting what aliases repeat, beyond which a document is refused as a bomb. They take half a KB each."""


LARGEST_TEXT = 16 << 20
"""Characters of a text that is parsed at all."""


class Document(NamedTuple):
    """One YAML document: plain data (dicts, lists and scalars) with positions, and what is doubtful about it.

    ``line`` is the 1-based line of the file at which the text that was read began, so that positions are lines of
    the whole file. ``nodes`` is how many values it holds, counting what aliases repeat; ``keys`` are those of all its
    mappings.
    """

    data: Any
    root: Event | None
    line: int
    duplicates: tuple[Duplicate, ...] = ()
    nodes: int = 0
    keys: Set[str] = frozenset()

    def locate(self, pointer: Pointer, *, key: bool = False, file: str | None = None) -> Location:
        """The location of a place, or of the deepest part of it that exists (then ``exact`` is false).

        ``key=True`` gives the key's position rather than the value's.
        """
        return locate(self.data, pointer, key=key, file=file, root=self.root, offset=self.line - 1)


def given_twice(document: Document, file: str) -> Iterator[Problem]:
    """A problem for each key that a document holds twice: of the two values only the later one would count."""
    for twice in document.duplicates:
        key = str(twice.pointer.parts[-1])
        place = Location(file, twice.line, twice.column, twice.line, twice.column + len(key), twice.pointer)
        said = f"the key {key!r} is given twice; the first is in line {twice.first_line}"
        yield Problem(said, place, "remove one of the two", "duplicate-key")


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
    if len(text) > LARGEST_TEXT:
        raise YamlError(f"is larger than {LARGEST_TEXT >> 20} MiB", first_line)
    try:
        built = plain_documents(text, most_nodes)
        if built is None:
            with Events(text) as next_event:
                built = documents(next_event, first_line, most_nodes)
    except (YAMLError, UnicodeError) as error:
        raise _as_yaml_error(error, first_line, text) from None
    return tuple(
        Document(one.data, one.root, first_line, one.duplicates, one.nodes, one.keys)
        for one in built
        if not _empty(one.root)
    )


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
        if isinstance(data, YamlMap) and (known := data.events.get(str(part))) is not None:
            key_event, value_event = known
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


_FORBIDDEN = "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""A character that YAML does not allow anywhere; libyaml does not say where it stands. Takes 4 ms to compile."""


def _as_yaml_error(error: Exception, first_line: int, text: str) -> YamlError:
    """libyaml's error in our words, with its position."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    if problem == "surrogates not allowed":  # what is left of bytes that were decoded with ``surrogateescape``
        problem = "contains bytes that are not UTF-8"
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


HOW_TO_RESOLVE = "choose what is to stay, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>"
"""What to do about a conflict of git."""


def conflict(text: str) -> int | None:
    """The 1-based line at which a conflict of git begins that nobody has resolved."""
    found = re.search(r"^(?:<{7}|>{7}) ", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else None
