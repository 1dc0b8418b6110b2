"""The changes that fixes come down to, and how they are made to a chart's files.

Several fixes may want something of one file: fields of values.yaml are set one after the other, what is put below one
line of a template is put there once, and what overlaps is a Conflict, so that one of the two has to wait.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from chartgen import yamledit
from chartgen.chart.model import Chart
from chartgen.fielddata import CannotEdit
from chartgen.findings import Finding
from chartgen.fixes import Edit, Fix, QuoteField, RemoveDuplicates, RemoveField, RenameField, SetField
from chartgen.tuples import NamedTuple
from chartgen.yamledit import Span, apply
from chartgen.yamlformat import Manner, block_lines

FieldAction = SetField | RemoveField | RenameField | QuoteField | RemoveDuplicates


class FieldOp(NamedTuple):
    """A change of a field in a YAML or JSON file of the chart; its file is that of the action."""

    action: FieldAction

    @property
    def file(self) -> str:
        """The file that changes."""
        return self.action.file


class InsertOp(NamedTuple):
    """Entries put below a line of a template (1-based), ``indent`` columns in."""

    file: str
    line: int
    indent: int
    tree: dict[str, Any]


class TextOp(NamedTuple):
    """The text of a file between two 1-based positions becomes another."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


Op = FieldOp | InsertOp | TextOp


class Plan(NamedTuple):
    """A finding with a fix: the object it means (template, kind, name) and the ways to make it, or the ``obstacle``."""

    finding: Finding
    fix: Fix
    owner: tuple[str, str, str] | None
    ways: tuple[tuple[Op, ...], ...]
    obstacle: str = ""


class Conflict(Exception):
    """Two changes want the same characters."""


def changed(chart: Chart, ops: Iterable[Op]) -> Chart:
    """The chart with all changes made. Raises Conflict, and CannotEdit for a change that cannot be made."""
    texts = {file: _changed(chart, file, found) for file, found in _by_file(ops).items()}
    files = {**chart.files, **{file: text.encode() for file, text in texts.items()}}
    from chartgen.chart.read import metadata

    return chart._replace(files=dict(sorted(files.items())), metadata=metadata(files.get("Chart.yaml", b"")))


def edits(chart: Chart, ops: Iterable[Op]) -> tuple[Edit, ...]:
    """The same changes as edits of the chart's files. Raises as ``changed`` does."""
    found: list[Edit] = []
    for file, of_file in _by_file(ops).items():
        text = text_of(chart, file)
        spans = _spans(text, of_file)
        if len(of_file) > 1 and any(isinstance(op, FieldOp) for op in of_file):
            spans = [_difference(text, _changed(chart, file, of_file))]
        elif isinstance(of_file[0], FieldOp):
            spans = list(_field_spans(text, of_file[0].action))
        found += [Edit(file, *_position(text, span.start), *_position(text, span.end), span.text) for span in spans]
    return tuple(found)


def text_of(chart: Chart, file: str) -> str:
    """A file's text. Raises CannotEdit when there is none, or none that could be written back as it is."""
    content = chart.files.get(file)
    if content is None:
        raise CannotEdit(f"there is no {file}")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise CannotEdit(f"{file} holds bytes that are not UTF-8") from None


def _by_file(ops: Iterable[Op]) -> dict[str, list[Op]]:
    found: dict[str, list[Op]] = {}
    for op in ops:
        of_file = found.setdefault(op.file, [])
        if op not in of_file:
            of_file.append(op)
    return found


def _changed(chart: Chart, file: str, ops: list[Op]) -> str:
    text = text_of(chart, file)
    text = apply(text, _spans(text, ops))
    for op in ops:
        if isinstance(op, FieldOp):
            text = apply(text, _field_spans(text, op.action))
    return text


def _field_spans(text: str, action: FieldAction) -> tuple[Span, ...]:
    is_json = action.file.endswith(".json")
    if isinstance(action, SetField):
        return yamledit.set_field(text, action.pointer, action.value, as_json=is_json)
    if isinstance(action, RenameField):
        return yamledit.rename_field(text, action.pointer, action.name)
    if isinstance(action, QuoteField):
        return yamledit.quote_field(text, action.pointer)
    if isinstance(action, RemoveDuplicates):
        return yamledit.remove_duplicates(text, action.pointer)
    return yamledit.remove_field(text, action.pointer, with_comment=action.with_comment)


def _spans(text: str, ops: list[Op]) -> list[Span]:
    """What the changes that name lines replace. Raises Conflict."""
    spans = [
        Span(_offset(text, op.line, op.column), _offset(text, op.end_line, op.end_column), op.text)
        for op in ops
        if isinstance(op, TextOp)
    ]
    inserts: dict[int, tuple[int, dict[str, Any]]] = {}
    for op in ops:
        if isinstance(op, InsertOp):
            indent, tree = inserts.setdefault(op.line, (op.indent, {}))
            if indent != op.indent:
                raise Conflict
            inserts[op.line] = (indent, _merged(tree, op.tree))
    spans += [_insertion(text, line, indent, tree) for line, (indent, tree) in inserts.items()]
    spans.sort()
    for one, other in pairwise(spans):
        if other.start < one.end or (other.start == one.start and other.end == one.start):
            raise Conflict
    return spans


def _insertion(text: str, line: int, indent: int, tree: dict[str, Any]) -> Span:
    newline = "\r\n" if "\r\n" in text else "\n"
    at = _offset(text, line + 1, 1) if text.count("\n") >= line else len(text)
    lines = [" " * indent + one + newline for one in block_lines(tree, Manner(newline=newline))]
    missing = newline if at and not text.endswith("\n") and at == len(text) else ""
    return Span(at, at, missing + "".join(lines))


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Two trees as one. Raises Conflict where they disagree."""
    result = dict(one)
    for key, value in other.items():
        old = result.get(key, value)
        if isinstance(old, dict) and isinstance(value, dict):
            result[key] = _merged(old, value)
        elif old != value:
            raise Conflict
        else:
            result[key] = value
    return result


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        end = text.find("\n", at)
        if end < 0:
            return len(text)
        at = end + 1
    return at + column - 1


def _position(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _difference(before: str, after: str) -> Span:
    """The one span that turns a text into another."""
    most = min(len(before), len(after))
    start = next((i for i in range(most) if before[i] != after[i]), most)
    end = next((i for i in range(most - start) if before[-1 - i] != after[-1 - i]), most - start)
    return Span(start, len(before) - end, after[start : len(after) - end])


__all__ = ["CannotEdit", "Conflict", "FieldOp", "InsertOp", "Op", "TextOp", "changed", "edits", "text_of"]
