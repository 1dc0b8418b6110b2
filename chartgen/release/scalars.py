"""Gives one scalar of a YAML text another value, in the quotes it has, and changes not a byte more.

What comes out is read again and has to differ in nothing but that value; where it would (an alias repeats it, a tag
gives it another type), CannotEdit says why.
"""

from __future__ import annotations

import json
import re

from chartgen.fielddata import CannotEdit, same, with_field
from chartgen.location import Pointer
from chartgen.yamledit import LARGEST_TEXT, set_field
from chartgen.yamledit import apply as apply_spans
from chartgen.yamlformat import reads_as
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError
from chartgen.yamltree import Lines, Node, tree

_BOM = "\ufeff"
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_PLAIN = re.compile(r"[0-9A-Za-z.^~](?:[0-9A-Za-z.+_~^*@/-]|:(?=[0-9A-Za-z]))*")


def set_text(text: str, pointer: Pointer, value: str) -> str:
    """The text with another string at a place where a scalar stands. Raises CannotEdit."""
    shift = len(_BOM) if text.startswith(_BOM) else 0
    body = text[shift:]
    data, root = understood(body)
    node = _node(root, pointer)
    if node.kind == "alias":
        raise CannotEdit("it is an alias of a value elsewhere")
    if node.kind != "scalar":
        raise CannotEdit("it is no plain value")
    start = node.start
    if node.fixed:
        properties = _PROPERTIES.match(body, start, node.end)
        start = properties.end() if properties else start
    written = _written(body[start : node.end], value)
    gap = " " if node.is_empty and body[start - 1 : start] == ":" else ""
    return text[:shift] + checked(body, start, node.end, gap + written, with_field(data, pointer.parts, value))


def understood(body: str) -> tuple[object, Node | None]:
    """A text as data and as a tree. Raises CannotEdit for what is no YAML, or too much of it."""
    if len(body) > LARGEST_TEXT:
        raise CannotEdit(f"the file is larger than {LARGEST_TEXT >> 20} MiB")
    try:
        return read(body).data, tree(body)
    except YamlError as error:
        raise CannotEdit(f"the file is no YAML: {error.message}") from None


def checked(body: str, start: int, end: int, piece: str, expected: object) -> str:
    """The text with a piece of it replaced, once it is certain that it then says what is expected."""
    after = body[:start] + piece + body[end:]
    try:
        found = read(after).data
    except YamlError:
        raise CannotEdit("it is written in a way that a small edit would break") from None
    if not same(found, expected):
        raise CannotEdit("another place of the file repeats it, or it has a type of its own")
    return after


def _node(root: Node | None, pointer: Pointer) -> Node:
    node = root
    for part in pointer.parts:
        index = node.find(part) if node is not None else None
        if node is None or index is None:
            raise CannotEdit(f"there is no {pointer.dotted}")
        node = node.entries[index][1]
    if node is None:
        raise CannotEdit("the file is empty")
    return node


def _written(old: str, value: str) -> str:
    """A value in the quotes of its predecessor; plain where it was plain and is read as the text it is."""
    if old[:1] in ("|", ">"):
        raise CannotEdit("it is a block of lines")
    if old[:1] == "'":
        return "'" + value.replace("'", "''") + "'"
    if old[:1] != '"' and _PLAIN.fullmatch(value) and reads_as(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def set_block(text: str, pointer: Pointer, lines: tuple[str, ...]) -> str:
    """The text with some lines as a literal block (``key: |``) at a place below the root. Raises CannotEdit.

    What stands there is replaced, be it a block, a string in quotes or nothing; what is missing on the way is created.
    """
    shift = len(_BOM) if text.startswith(_BOM) else 0
    body = text[shift:]
    original, root = understood(body)
    content = "".join(f"{line}\n" for line in lines)
    try:
        _node(root, pointer)
    except CannotEdit:
        body = apply_spans(body, set_field(body, pointer, "x"))
    data, root = understood(body)
    node = _node(root, pointer)
    if node.kind != "scalar" or node.fixed:
        raise CannotEdit("it is no text, or has an anchor")
    if not isinstance(data, dict | list) or not isinstance(original, dict | list | None):
        raise CannotEdit("the file is no mapping")
    parent = _node(root, pointer.parent)
    if parent.flow:
        raise CannotEdit("it stands in brackets")
    index = parent.find(pointer.parts[-1])
    key = parent.entries[index][0] if index is not None else None
    if key is None:
        raise CannotEdit("it has no key of its own")
    newline = "\r\n" if "\r\n" in body else "\n"
    at = Lines(body)
    old = body[node.start : node.end]
    inner = _indent_of(old) or at.column(key.start) + 2
    header = "|"
    keep_comment = ""
    if old[:1] in ("|", ">"):
        head, _, _ = old.partition("\n")
        header = "|-" if "-" in head.split("#")[0] else "|"
        keep_comment = f" #{head.partition('#')[2].rstrip()}" if "#" in head else ""
    piece = header + keep_comment + "".join(f"{newline}{' ' * inner}{line}".rstrip(" ") for line in lines)
    gap = " " if node.is_empty and body[node.start - 1 : node.start] == ":" else ""
    value = content.removesuffix("\n") if header == "|-" else content
    end = node.end
    rest = body[end : at.next_line(end)]
    if not rest and not body.endswith("\n") and header == "|":
        piece += newline
    return text[:shift] + checked(body, node.start, end, gap + piece, with_field(data, pointer.parts, value))


def _indent_of(block: str) -> int:
    """How far the lines of a block stand in; 0 when it has none."""
    for line in block.split("\n")[1:]:
        if line.strip():
            return len(line) - len(line.lstrip(" "))
    return 0
