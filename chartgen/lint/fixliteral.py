"""Changes of what a template spells out: a key and its literal value, its lines, a line below another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from chartgen.engine.gotemplate import actions
from chartgen.fielddata import CannotEdit, nested
from chartgen.fixes import QuoteField, RemoveDuplicates, RemoveField, RenameField, SetField
from chartgen.lint.fixops import InsertOp, Op, TextOp
from chartgen.lint.fixsources import Template, names
from chartgen.lint.targets import Child, Target
from chartgen.location import Pointer
from chartgen.yamlformat import Manner, block_lines, inline, scalar_text
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

_VALUE = re.compile(r"(?P<space>\s*)(?P<value>.*?)(?P<tail>\s+#.*|\s*)")
_ONE_ACTION = re.compile(r"(?P<open>\{\{-?\s*)(?P<code>[^{}]*?)(?P<close>\s*-?\}\})")
_BRACKETS = re.compile(r" *(?:- +)*[\"']?[\w./-]+[\"']?:(?P<empty>\s*\{\s*\})\s*(?:#.*)?")
"""A key with an empty mapping."""

_OPENS = r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[\"']?[\w./-]+[\"']?):\s*(?:#.*)?"


def changes(template: Template, target: Target) -> Iterator[tuple[Op, ...]]:
    """Changes of a field that exists and that the template spells out. Raises CannotEdit."""
    action = target.action
    if isinstance(action, RemoveDuplicates):
        yield (_duplicate(template, target),)
        return
    level = target.levels[-1]
    line = template.line(level.line)
    found = template.literal(line, level.part) if line else None
    if found is None:
        raise CannotEdit(_printed_by(template, template.near(level.line)))
    if isinstance(action, RemoveField):
        yield _removal(template, target, line)
    elif isinstance(action, RenameField):
        quote = found["key"][:1] if found["key"][:1] in ("'", '"') else ""
        name = f"{quote}{action.name}{quote}"
        yield (TextOp(template.path, line, found.start("key") + 1, line, found.end("key") + 1, name),)
    else:
        yield (_replacement(template, target, line, found),)


def _replacement(template: Template, target: Target, line: int, found: re.Match[str]) -> Op:
    text = template.at(line)
    value = _VALUE.fullmatch(text, found.end())
    assert value is not None
    old = value["value"]
    begin, end = value.start("value") + 1, value.end("value") + 1
    if isinstance(target.action, QuoteField):
        return TextOp(template.path, line, begin, line, end, _quoted(old))
    assert isinstance(target.action, SetField)
    if isinstance(target.value, str) and isinstance(target.action.value, str) and "{{" in old:
        return _part(template, line, value.start("value"), old, difference(target.value, target.action.value))
    if target.kind == "list" and not old and isinstance(target.action.value, list):
        return _new_items(template, target, line, target.action.value)
    if "{{" in old or target.kind == "map" or not old:
        raise CannotEdit(_printed_by(template, line))
    try:
        literal = read(old).data
    except YamlError:
        literal = None
    if target.kind == "scalar" and literal != target.value:
        raise CannotEdit("the template spells it out over several lines")
    if target.kind == "list" and not isinstance(literal, list):
        raise CannotEdit("the template spells it out over several lines")
    return TextOp(template.path, line, begin, line, end, _like(old, target.action.value))


def difference(old: str, new: str) -> tuple[str, str]:
    """What differs between two texts, as whole words: the part of the old one and that of the new one."""
    words, others = (re.split(r"(?<=[/:,@])", text) for text in (old, new))
    start = next(
        (i for i, (a, b) in enumerate(zip(words, others, strict=False)) if a != b), min(len(words), len(others))
    )
    most = min(len(words), len(others)) - start
    end = next((i for i in range(most) if words[-1 - i] != others[-1 - i]), most)
    return "".join(words[start : len(words) - end]), "".join(others[start : len(others) - end])


def _part(template: Template, line: int, start: int, text: str, change: tuple[str, str]) -> Op:
    """A part of a text that the template spells out between actions. Raises CannotEdit."""
    old, new = change
    outside = re.sub(r"\{\{.*?\}\}", lambda match: "\0" * len(match[0]), text)
    if not old or outside.count(old) != 1:
        raise CannotEdit(_printed_by(template, line))
    at = start + outside.index(old) + 1
    return TextOp(template.path, line, at, line, at + len(old), new)


def guarded(template: Template, target: Target, other: str) -> tuple[Op, ...]:
    """The lines of a field in an ``if`` that holds where another template prints nothing. Raises CannotEdit."""
    opens = [action for action in actions(other) if action.keyword not in ("comment", "")]
    line = template.line(target.levels[-1].line)
    if not opens:  # the other object is always there
        return _removal(template, target, line)
    first = opens[0]
    condition = first.code.removeprefix("if").strip()
    if first.keyword != "if" or other[: first.start].strip() or "$" in condition or not condition:
        raise CannotEdit("it is not known when the other object is left out")
    found = template.literal(line, target.levels[-1].part) if line else None
    last = template.line(target.last)
    if found is None or found["dash"] or not last or template.has_blocks(line, last) or not template.is_editable:
        raise CannotEdit(_printed_by(template, template.near(target.levels[-1].line)))
    newline = "\r\n" if template.lines[line - 1].endswith("\r") else "\n"
    negated = f"not {condition}" if re.fullmatch(r"[.\w]+", condition) else f"not ({condition})"
    before = f"{found['indent']}{{{{- if {negated} }}}}{newline}"
    after = f"{found['indent']}{{{{- end }}}}{newline}"
    return (
        TextOp(template.path, line, 1, line, 1, before),
        TextOp(template.path, last + 1, 1, last + 1, 1, after),
    )


def _duplicate(template: Template, target: Target) -> Op:
    """The line of a key that is given again below. Raises CannotEdit."""
    line = template.line(target.earlier)
    found = template.literal(line, target.levels[-1].part) if line else None
    value = _VALUE.fullmatch(template.at(line), found.end()) if found else None
    if found is None or value is None or found["dash"] or not value["value"] or template.has_blocks(line, line):
        raise CannotEdit("the first of the two is no line of its own")
    if value["value"][0] in "|>&[{*!" and not value["value"].startswith("{{"):
        raise CannotEdit("the first of the two is no line of its own")
    return TextOp(template.path, line, 1, line + 1, 1, "")


def _new_items(template: Template, target: Target, line: int, value: list[Any]) -> Op:
    """Other items in the place of those of a list that the template spells out, one a line."""
    first, last = template.line(target.content), template.line(target.last)
    dash = template.literal(first, 0) if first else None
    lines = [template.at(number) for number in range(first, last + 1)]
    if dash is None or not last or first != line + 1 or any("{{" in text or "#" in text for text in lines):
        raise CannotEdit("it is tied to the control structures of the template")
    indent = dash["indent"] + " " * (len(dash["dash"]) - 2)
    newline = "\r\n" if template.lines[line - 1].endswith("\r") else "\n"
    if not value:
        end = len(template.at(line)) + 1
        return TextOp(template.path, line, end, last, len(template.at(last)) + 1, " []")
    text = "".join(f"{indent}{one}{newline}" for one in block_lines(value, Manner()))
    return TextOp(template.path, first, 1, last + 1, 1, text)


def _like(old: str, value: Any) -> str:
    """A value in the quotes that its predecessor has."""
    if isinstance(value, str) and old[:1] == '"':
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and old[:1] == "'" and "'" not in value:
        return f"'{value}'"
    return inline(value) if isinstance(value, dict | list) else scalar_text(value)


def _quoted(old: str) -> str:
    """A literal in quotes, or an action that quotes what it prints. Raises CannotEdit."""
    if action := _ONE_ACTION.fullmatch(old):
        code = action["code"]
        if not re.match(r"(?:if|range|with|end|else|include|toYaml)\b", code):
            return f"{action['open']}{code} | quote{action['close']}"
    elif old and '"' not in old and "'" not in old and "\\" not in old and "{{-" not in old and "-}}" not in old:
        return f'"{old}"'
    raise CannotEdit("it cannot be quoted on its line")


def _removal(template: Template, target: Target, line: int) -> tuple[Op, ...]:
    last = template.line(target.last)
    part = target.levels[-1].part
    found = template.literal(line, part)
    if not last or last < line or template.has_blocks(line, last):
        raise CannotEdit("it is tied to the control structures of the template")
    if found is None or (found["dash"] and not isinstance(part, int)):
        raise CannotEdit("it is the first of several keys in an item of a list")
    removed = TextOp(template.path, line, 1, last + 1, 1, "")
    if target.levels[-1].siblings > 1:
        return (removed,)
    if len(target.levels) < 2:
        raise CannotEdit("nothing would be left")
    above = target.levels[-2]
    opening = template.line(above.line)
    opens = re.fullmatch(_OPENS, template.at(opening))
    if not opens or opens["key"].strip("\"'") != above.part:
        raise CannotEdit(_printed_by(template, template.near(above.line)))
    column = opens.end("key") + 2
    empty = " []" if isinstance(part, int) else " {}"
    return (TextOp(template.path, opening, column, opening, column, empty), removed)


def whole_values(template: Template, target: Target) -> Iterator[Pointer]:
    """The values that are printed as the whole of a field: ``key: {{ .Values.a }}``."""
    level = target.levels[-1]
    line = template.near(level.line)
    found = template.literal(line, level.part)
    if found is None:
        return
    value = _VALUE.fullmatch(template.at(line), found.end())
    if value and _ONE_ACTION.fullmatch(value["value"].strip("\"'")):
        yield from template.paths(line)


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
            if names(path.parts[-1], key):
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
    found = re.fullmatch(_OPENS, text) or re.fullmatch(_OPENS, _without_brackets(text))
    if not found or found["key"].strip("\"'") != target.levels[-1].part:
        raise CannotEdit(_printed_by(template, template.near(target.levels[-1].line)))
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
    raise CannotEdit(_printed_by(template, near))


def _printed_by(template: Template, line: int) -> str:
    text = " ".join(template.at(line).split())
    return f"it is printed by '{text}' in line {line} of {template.path}" if text else "its line is not known"
