"""From the bytes of a spec to its text, and from the text to YAML: what can go wrong on the way."""

from __future__ import annotations

import re
from typing import Never

from chartgen.errors import InvalidInput, Problem
from chartgen.location import Location
from chartgen.yamlread import HOW_TO_RESOLVE, Document, conflict, read
from chartgen.yamlscalar import YamlError

LARGEST = 1 << 20
"""Bytes in the largest spec that is read; a long one has 10,000."""

MOST_NODES = 20_000
"""Values in the largest spec, counting what aliases repeat; one with twenty workloads has 2,000."""

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def decode(data: bytes, *, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a spec without its byte order mark, and warnings about it.

    Raises InvalidInput for what is no UTF-8 text or larger than 1 MiB.
    """
    if len(data) > LARGEST:
        _refuse(
            f"the file is larger than {LARGEST:,} bytes",
            Location(file),
            hint="large data belongs in a ConfigMap or the image, not into a spec",
            code="too-large",
        )
    encoding = _other_encoding(data)
    if encoding:
        _refuse(f"the file is {encoding}, not UTF-8", Location(file, 1, 1), hint="save it as UTF-8", code="encoding")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = _position(before, len(before))
        _refuse(
            f"byte 0x{data[error.start]:02x} at offset {error.start:,} is not UTF-8",
            Location(file, line, column),
            hint="save the file as UTF-8",
            code="encoding",
            source=data.decode("utf-8", "replace"),
        )
    warnings: tuple[Problem, ...] = ()
    if text.startswith(_BOM):
        text = text[1:]
        where = Location(file, 1, 1)
        said = "the file begins with a byte order mark"
        warnings = (Problem(said, where, "save it as UTF-8 without one", "byte-order-mark", warning=True),)
    found = _CONTROL.search(text)
    if found:
        line, column = _position(text, found.start())
        name = "a NUL character" if found[0] == "\0" else f"the character U+{ord(found[0]):04X}"
        _refuse(
            f"found {name}, which YAML does not allow",
            Location(file, line, column),
            hint="remove it, or write it as an escape in double quotes",
            code="control-character",
            source=text,
        )
    return text, warnings


def parse(text: str, *, file: str) -> Document:
    """The one YAML document of a spec. Raises InvalidInput when there is none, or when there are two."""
    try:
        document = read(text, most_nodes=MOST_NODES)
    except YamlError as error:
        message, hint, code = _in_words(error, text)
        _refuse(message, Location(file, error.line, error.column), hint=hint, code=code, source=text)
    if document.data is None:
        _refuse(
            "the file is empty",
            Location(file, 1, 1),
            hint="a spec begins with: apiVersion: chartgen/v1",
            code="empty",
            source=text,
        )
    return document


def _other_encoding(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    head = data[:64]
    if len(head) >= 4 and (not any(head[1::2]) or not any(head[0::2])):
        return "UTF-16"
    return ""


def _position(text: str, index: int) -> tuple[int, int]:
    """Line and column of an index. A carriage return alone ends a line too, as it does in YAML."""
    lines = re.split("\r\n|\r|\n", text[:index])
    return len(lines), len(lines[-1]) + 1


_PLAIN_WORDS = {
    "did not find expected key while parsing a block mapping": "this line does not continue the mapping above it",
    "did not find expected '-' indicator while parsing a block collection":
        "this line does not continue the list above it",
    "did not find expected ',' or ']' while parsing a flow sequence": "expected ',' or ']'",
    "did not find expected ',' or '}' while parsing a flow mapping": "expected ',' or '}'",
    "could not find expected ':' while scanning a simple key": "expected ':' after a key",
    "found unexpected end of stream while scanning a quoted scalar": "a quote is never closed",
    "mapping values are not allowed in this context": "a ':' is not allowed here",
    "found character that cannot start any token": "a value cannot begin with this character",
    "did not find expected alphabetic or numeric character while scanning an alias":
        "a '*' begins an alias, and no name follows",
    "did not find expected alphabetic or numeric character while scanning an anchor":
        "a '&' begins an anchor, and no name follows",
}  # fmt: skip
"""libyaml's words -> ours, for the mistakes that people make."""

_HINTS = (
    ("mapping values are not allowed", "quote text that holds ': ', or check the indentation"),
    ("cannot start any token", "quote the value"),
    ("scanning an alias", "quote the value, which begins with '*'"),
    ("scanning an anchor", "quote the value, which begins with '&'"),
    ("did not find expected key", "check the indentation of this line and of those above"),
    ("did not find expected '-' indicator", "check the indentation of this line and of those above"),
    ("did not find expected ',' or", "a bracket or brace is not closed, or a comma is missing"),
    ("unexpected end of stream", "close it with the same quote"),
    ("could not find expected ':'", "write the key as: name: value"),
    ("cannot be a key", "quote text that begins with '{' or '['"),
    ("invalid Unicode character escape", "write the character itself"),
    ("unknown escape character", "use single quotes, or double the backslash"),
    ("expand to more than", "write out what is meant instead of nesting aliases"),
    ("a second document begins here", "one file holds one spec; remove '---' and what follows"),
)


def _in_words(error: YamlError, text: str) -> tuple[str, str, str]:
    """Message, hint and code of an error in the YAML itself."""
    lines = re.split("\r\n|\r|\n", text)
    line = lines[error.line - 1] if error.line is not None and error.line <= len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        error.column = indent.index("\t") + 1
        return "a tab cannot indent YAML", "indent with spaces", "tab"
    if begins := conflict(text):
        error.line, error.column = begins, 1
        return "a conflict of git is not resolved here", HOW_TO_RESOLVE, "conflict"
    action = next((index for index, one in enumerate(lines[: error.line]) if one.lstrip().startswith("{{")), None)
    if action is not None:
        error.line, error.column = action + 1, lines[action].index("{") + 1
        return "a spec is plain YAML, not a template", "write the value itself in place of '{{ ... }}'", "template"
    hint = next((words for part, words in _HINTS if part in error.message), "")
    if error.message.startswith("a second document"):
        return error.message, hint, "second-document"
    if "expand to more than" in error.message:
        return error.message, hint, "alias-bomb"
    if "holds more than" in error.message:
        return f"the file {error.message}", "large data belongs in a ConfigMap or the image", "too-large"
    if "nested deeper" in error.message:
        return error.message, "", "too-deep"
    said = error.message.removesuffix(" while scanning for the next token")
    said = _PLAIN_WORDS.get(said, said)
    return f"this is not valid YAML: {said}", hint, "yaml"


def _refuse(message: str, location: Location, *, hint: str, code: str, source: str | None = None) -> Never:
    sources = {} if source is None else {str(location.file): source}
    raise InvalidInput((Problem(message, location, hint, code),), sources)
