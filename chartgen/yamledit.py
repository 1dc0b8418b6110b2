"""Changes one field of a YAML or JSON text and not a byte more.

The text is never written anew: comments, quotes, order, line ends and indentation stay what they are. What comes out
is read again, and has to differ from what was there in nothing but the field; where that cannot be had by a small edit
(anchors, tags, comments in the way), CannotEdit says why.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from chartgen.fielddata import CannotEdit, nested, renamed, same, with_field, without
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple
from chartgen.yamlformat import Manner, below, block_lines, entry_lines, inline, scalar_text
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError
from chartgen.yamltree import Lines, Node, understood

_BOM = "\ufeff"

LARGEST_TEXT = 1 << 20
"""Characters of a text that is edited: it may be read anew for each edit. Values of public charts have 300,000."""


class Span(NamedTuple):
    """The characters from ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


def apply(text: str, spans: Sequence[Span]) -> str:
    """The text with all spans replaced; they must not overlap."""
    parts: list[str] = []
    done = 0
    for span in sorted(spans):
        assert span.start >= done, "edits overlap"
        parts += (text[done : span.start], span.text)
        done = span.end
    return "".join((*parts, text[done:]))


def set_field(text: str, pointer: Pointer, value: Any, *, as_json: bool = False) -> tuple[Span, ...]:
    """Give a field a value; create it, and what is missing on the way, as the last entry. Raises CannotEdit."""
    editor = _Editor(text, as_json=as_json)
    return editor.checked(editor.set(pointer.parts, value), lambda data: with_field(data, pointer.parts, value))


def remove_field(text: str, pointer: Pointer, *, with_comment: bool = False) -> tuple[Span, ...]:
    """Take a field out, and the lines of comment right above it if wanted. Raises CannotEdit."""
    editor = _Editor(text)
    spans = editor.remove(pointer.parts, with_comment=with_comment)
    return editor.checked(spans, lambda data: without(data, pointer.parts))


def remove_duplicates(text: str, pointer: Pointer) -> tuple[Span, ...]:
    """Leave of a key that is given several times only the last, which counts. Raises CannotEdit."""
    editor = _Editor(text)
    return editor.checked(editor.remove_duplicates(pointer.parts), lambda data: data)


def rename_field(text: str, pointer: Pointer, name: str) -> tuple[Span, ...]:
    """Give a field another key. Raises CannotEdit."""
    editor = _Editor(text)
    after = renamed(editor.data, pointer.parts, name)
    return editor.checked(editor.rename(pointer.parts, name), lambda _: after, whole=True)


def quote_field(text: str, pointer: Pointer) -> tuple[Span, ...]:
    """Put quotes around a plain scalar. Raises CannotEdit."""
    editor = _Editor(text)
    node = editor.node(pointer.parts)
    if node.kind != "scalar" or not node.plain or node.is_empty or node.fixed:
        raise CannotEdit("it is no plain scalar")
    spans = [Span(node.start, node.end, json.dumps(node.text, ensure_ascii=False))]
    return editor.checked(spans, lambda data: with_field(data, pointer.parts, node.text))


class _Editor(Lines):
    """One text, its tree, and how its lines are written."""

    def __init__(self, text: str, *, as_json: bool = False) -> None:
        if len(text) > LARGEST_TEXT:
            raise CannotEdit(f"the file is larger than {LARGEST_TEXT >> 20} MiB")
        self.shift = len(_BOM) if text.startswith(_BOM) else 0
        super().__init__(text[self.shift :])
        try:
            self.data, self.root, self.bounds, indents = understood(self.text)
        except YamlError:
            raise CannotEdit("the file is no YAML") from None
        newline = "\r\n" if "\r\n" in self.text else "\n"
        self.manner = Manner(*indents, newline=newline, json=as_json)

    def checked(self, spans: list[Span], wanted: Callable[[Any], Any], *, whole: bool = False) -> tuple[Span, ...]:
        """The spans in the text as it was given, once it is certain that they make ``wanted`` of its data.

        Of a text whose entries can be read one by one, no more is read than those around the spans.
        """
        first, last = (0, len(self.text)) if whole else self.around(spans)
        before = self.text[first:last]
        inner = [Span(span.start - first, span.end - first, span.text) for span in spans]
        try:
            data = self.data if before == self.text else read(before).data
            after = read(apply(before, inner)).data
        except YamlError:
            raise CannotEdit("it is written in a way that a small edit would break") from None
        if not same(after, wanted(data)):
            raise CannotEdit("it is written in a way that a small edit would not only change this")
        return tuple(sorted(Span(span.start + self.shift, span.end + self.shift, span.text) for span in spans))

    def around(self, spans: list[Span]) -> tuple[int, int]:
        """Where the entries begin and end in which spans are, with an untouched one before and one behind them."""
        first = bisect_left(self.bounds, min(span.start for span in spans)) - 2
        last = bisect_right(self.bounds, max(span.end for span in spans)) + 1
        return self.bounds[max(first, 0)], self.bounds[min(last, len(self.bounds) - 1)]

    def node(self, parts: Sequence[str | int]) -> Node:
        """The value at a place. Raises CannotEdit when there is none."""
        nodes, rest = self.walk(parts)
        if rest:
            raise CannotEdit(f"there is no {Pointer(tuple(parts)).dotted}")
        return nodes[-1]

    def walk(self, parts: Sequence[str | int]) -> tuple[list[Node], Sequence[str | int]]:
        """The values on the way to a place, from the root on, and the parts that lead nowhere."""
        if self.root is None:
            raise CannotEdit("the file is empty")
        nodes = [self.root]
        for number, part in enumerate(parts):
            found = nodes[-1].find(part)
            if found is None:
                return nodes, parts[number:]
            nodes.append(nodes[-1].entries[found][1])
        return nodes, ()

    # Setting.

    def set(self, parts: Sequence[str | int], value: Any) -> list[Span]:
        if self.root is None:
            lines = block_lines(nested(parts, value), self.manner)
            newline = self.manner.newline
            before = newline if self.text and not self.text.endswith("\n") else ""
            return [Span(len(self.text), len(self.text), before + newline.join([*lines, ""]))]
        nodes, rest = self.walk(parts)
        node = nodes[-1]
        if not rest:
            return self.replace(parts, nodes, value)
        key, value = str(rest[0]), nested(rest[1:], value)
        if node.kind == "scalar" and node.plain and node.text in ("", "~", "null"):
            return self.replace(parts[: len(parts) - len(rest)], nodes, {key: value})
        if node.kind != "map":
            raise CannotEdit(f"{Pointer(tuple(parts[: len(parts) - len(rest)])).dotted} is no mapping")
        if not node.entries:
            return self.replace(parts[: len(parts) - len(rest)], nodes, {key: value})
        return self.insert_flow(node, key, value) if node.flow else self.insert_block(node, key, value)

    def insert_block(self, node: Node, key: str, value: Any) -> list[Span]:
        at = self.line_end(node.end)
        indent = self.manner.newline + " " * self.column(node.start)
        return [Span(at, at, "".join(indent + line for line in entry_lines(key, value, self.manner)))]

    def insert_flow(self, node: Node, key: str, value: Any) -> list[Span]:
        first_key, last = node.entries[0][0], node.entries[-1][1]
        assert first_key is not None
        end = max(last.end, (node.entries[-1][0] or last).end)
        is_json = self.manner.json or self.text[first_key.start] == '"'
        name = json.dumps(key, ensure_ascii=False) if is_json else scalar_text(key)
        lines = "\n" in self.text[node.start : first_key.start]
        glue = "," + self.manner.newline + self.indentation(first_key.start) if lines else ", "
        return [Span(end, end, f"{glue}{name}: {inline(value, as_json=is_json)}")]

    def replace(self, parts: Sequence[str | int], nodes: list[Node], value: Any) -> list[Span]:
        node = nodes[-1]
        if node.fixed:
            raise CannotEdit("it has an anchor or a tag")
        in_flow = any(above.flow for above in nodes[:-1]) or self.manner.json
        wants_block = isinstance(value, dict | list) and bool(value) and not in_flow
        if node.entries and not node.flow:
            return self.replace_block(node, value)
        if not parts:
            text = self.manner.newline.join(block_lines(value, self.manner)) if wants_block else inline(value)
            return [Span(node.start, node.end, inline(value, as_json=True) if self.manner.json else text)]
        if not wants_block or nodes[-2].kind == "list":
            text = self.in_quotes(node, value) or inline(value, as_json=self.manner.json)
            return [Span(node.start, node.end, " " * node.is_empty + text)]
        key, colon = self.key_of(nodes[-2], parts[-1])
        if "#" in self.text[colon : node.start]:
            raise CannotEdit("a comment is in the way")
        at = self.line_end(node.end)
        indent = self.manner.newline + " " * self.column(key.start)
        lines = "".join(indent + line for line in below(value, self.manner))
        if at == node.end:
            return [Span(colon, at, lines)]
        return [Span(colon, node.end, ""), Span(at, at, lines)]

    def in_quotes(self, node: Node, value: Any) -> str:
        """A text in the quotes that its predecessor has, or ``""``."""
        quote = self.text[node.start : node.start + 1] if node.kind == "scalar" and not node.plain else ""
        if not isinstance(value, str) or quote not in ("'", '"') or not quote:
            return ""
        return json.dumps(value, ensure_ascii=False) if quote == '"' else "'" + value.replace("'", "''") + "'"

    def replace_block(self, node: Node, value: Any) -> list[Span]:
        if "#" in self.text[node.start : node.end] or not isinstance(value, dict | list) or not value:
            raise CannotEdit("it is a block with more in it")
        indent = self.manner.newline + " " * self.column(node.start)
        return [Span(node.start, node.end, indent.join(block_lines(value, self.manner)))]

    # Removing and renaming.

    def remove(self, parts: Sequence[str | int], *, with_comment: bool = False) -> list[Span]:
        self.node(parts)
        nodes, _ = self.walk(parts[:-1])
        parent = nodes[-1]
        index = parent.find(parts[-1])
        assert index is not None
        if parent.flow:
            return self.remove_flow(parent, index)
        if len(parent.entries) == 1:
            return self.remove_only(parts[:-1], nodes)
        return self.remove_block(parent, index, with_comment=with_comment)

    def remove_block(self, parent: Node, index: int, *, with_comment: bool = False) -> list[Span]:
        key, value = parent.entries[index]
        start = (key or value).start if parent.kind == "map" else self.dash_of(value)
        end = max(value.end, key.end if key else 0)
        line = self.line_start(start)
        if not self.text[line:start].strip():
            stop = self.next_line(end)
            if with_comment:
                line = self.above_comments(line, start - line)
            if stop == len(self.text) and not self.text.endswith("\n"):
                line -= len(self.manner.newline) * (line > 0)
            return [Span(line, stop, "")]
        if index + 1 == len(parent.entries):
            raise CannotEdit("it shares its line with what is around it")
        following = parent.entries[index + 1]
        stop = (following[0] or following[1]).start
        if "#" in self.text[end:stop]:
            raise CannotEdit("a comment is in the way")
        return [Span(start, stop, "")]

    def remove_only(self, parts: Sequence[str | int], nodes: list[Node]) -> list[Span]:
        """Take out the only entry of a block, which leaves empty brackets."""
        node = nodes[-1]
        empty = "{}" if node.kind == "map" else "[]"
        if node.fixed or "#" in self.text[node.start : node.end]:
            raise CannotEdit("an anchor or a comment is in the way")
        if not parts or nodes[-2].kind == "list":
            start = self.dash_of(node.entries[0][1]) if node.kind == "list" else node.start
            return [Span(start, node.end, empty)]
        _, colon = self.key_of(nodes[-2], parts[-1])
        if "#" in self.text[colon : node.start]:
            return [Span(colon, colon, f" {empty}"), Span(self.line_start(node.start) - 1, self.line_end(node.end), "")]
        return [Span(colon, node.end, f" {empty}")]

    def remove_flow(self, parent: Node, index: int) -> list[Span]:
        bounds = [((key or value).start, max(value.end, key.end if key else 0)) for key, value in parent.entries]
        start, end = bounds[index]
        if index + 1 < len(bounds):
            end = bounds[index + 1][0]
        elif index:
            start = bounds[index - 1][1]
        if "#" in self.text[start:end]:
            raise CannotEdit("a comment is in the way")
        return [Span(start, end, "")]

    def remove_duplicates(self, parts: Sequence[str | int]) -> list[Span]:
        nodes, _ = self.walk(parts[:-1])
        last = nodes[-1].find(parts[-1])
        same_key = [
            index
            for index, (key, _) in enumerate(nodes[-1].entries)
            if key is not None and key.text == str(parts[-1]) and index != last
        ]
        if not same_key or nodes[-1].flow:
            raise CannotEdit("it is not given twice in a block")
        return [span for index in same_key for span in self.remove_block(nodes[-1], index)]

    def rename(self, parts: Sequence[str | int], name: str) -> list[Span]:
        self.node(parts)
        nodes, _ = self.walk(parts[:-1])
        key, _ = self.key_of(nodes[-1], parts[-1])
        quote = self.text[key.start] if self.text[key.start] in "'\"" else ""
        return [Span(key.start, key.end, f"{quote}{name}{quote}" if quote else scalar_text(name))]

    # Lines and columns.

    def key_of(self, parent: Node, part: str | int) -> tuple[Node, int]:
        """The key of an entry, and the offset behind its colon."""
        index = parent.find(part)
        key = parent.entries[index][0] if index is not None else None
        if key is None or key.fixed:
            raise CannotEdit("it has no key of its own")
        return key, self.text.index(":", key.end) + 1

    def dash_of(self, item: Node) -> int:
        """Where the dash of a list's item stands."""
        return self.text.rindex("-", 0, item.start)
