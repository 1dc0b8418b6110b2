"""Where in a template something that is missing goes: below the line that opens the mapping it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.fielddata import CannotEdit, nested
from chartgen.fixes import SetField
from chartgen.lint.fixliteral import OPENS, printed_by
from chartgen.lint.fixops import InsertOp, Op, TextOp
from chartgen.lint.fixsources import Template
from chartgen.lint.origins import is_named_after
from chartgen.lint.targets import Child, Target
from chartgen.location import Pointer

_BRACKETS = re.compile(r" *(?:- +)*[\"']?[\w./-]+[\"']?:(?P<empty>\s*\{\s*\})\s*(?:#.*)?")
"""A key with an empty mapping."""


def insertions(template: Template, target: Target) -> Iterator[tuple[Op, ...]]:
    """The place below the line that opens a mapping, for what is missing in it. Raises CannotEdit."""
    action = target.action
    if not isinstance(action, SetField):
        raise CannotEdit("there is nothing to change")
    line, indent = _opening(template, target)
    key = str(target.missing[0])
    if any(True for _ in _region(template, line, indent, key)):
        raise CannotEdit(f"the template has its own '{key}', which these values leave out")
    inserted = InsertOp(template.path, line, indent, {key: nested(target.missing[1:], action.value)})
    brackets = _BRACKETS.fullmatch(template.at(line))
    if brackets:
        yield (TextOp(template.path, line, brackets.start("empty") + 1, line, brackets.end("empty") + 1, ""), inserted)
    else:
        yield (inserted,)


def hidden(template: Template, target: Target) -> Iterator[Pointer]:
    """The values that a template would print as the missing field if they were there: ``{{- with .Values.a }}``."""
    key = str(target.missing[0])
    try:
        line, indent = _opening(template, target)
    except CannotEdit:
        return
    for number in _region(template, line, indent, key):
        for path in (*template.paths(number), *template.paths(number + 1)):
            if is_named_after(path.parts[-1], key):
                yield path


def _region(template: Template, line: int, indent: int, key: str) -> Iterator[int]:
    """The lines of a mapping that opens on a line that give a key at its own level."""
    pattern = re.compile(rf" {{{indent}}}([\"']?){re.escape(key)}\1:(?=\s|$)")
    for number in range(line + 1, len(template.lines) + 1):
        text = template.at(number)
        if not text.strip() or text.lstrip().startswith(("{{", "#")):
            continue
        if len(text) - len(text.lstrip()) < indent:
            return
        if pattern.match(text):
            yield number


def _opening(template: Template, target: Target) -> tuple[int, int]:
    """The line below which entries of a mapping can be put, and their column. Raises CannotEdit."""
    if target.kind != "map" and not (target.kind == "scalar" and target.value is None):
        raise CannotEdit("what should hold it is no mapping")
    children = list(target.children)
    if not target.levels:
        preferred = [child for name in ("kind", "apiVersion") for child in children if child.key == name]
        return _below_child(template, preferred)
    if isinstance(target.levels[-1].part, int):
        return _below_child(template, children[:1])
    line = template.line(target.levels[-1].line)
    text = template.at(line)
    found = re.fullmatch(OPENS, text) or re.fullmatch(OPENS, _without_brackets(text))
    if not found or found["key"].strip("\"'") != target.levels[-1].part:
        raise CannotEdit(printed_by(template, template.near(target.levels[-1].line)))
    for child in children:
        literal = template.literal(template.line(child.line), child.key)
        if literal and not literal["dash"]:
            return line, len(literal["indent"])
    step = children[0].column - target.levels[-1].column if children else 2
    return line, len(found["indent"]) + len(found["dash"]) + max(step, 1)


def _without_brackets(text: str) -> str:
    found = _BRACKETS.fullmatch(text)
    return text[: found.start("empty")] + text[found.end("empty") :] if found else text


def _below_child(template: Template, children: list[Child]) -> tuple[int, int]:
    """Below an entry that is one line of the template."""
    for child in children:
        line = template.line(child.line)
        found = template.literal(line, child.key)
        if found and child.is_short and not template.has_blocks(line, line) and not template.at(line).endswith("-}}"):
            return line, len(found["indent"]) + len(found["dash"])
    near = template.near(children[0].line) if children else 0
    raise CannotEdit(printed_by(template, near))
