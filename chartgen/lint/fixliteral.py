"""Changes of what a template spells out: a key and its literal value, its lines, a line below another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from chartgen.engine.gotemplate import actions
from chartgen.fielddata import CannotEdit
from chartgen.fixes import QuoteField, RemoveDuplicates, RemoveField, RenameField, SetField
from chartgen.lint.fixops import Op, TextOp
from chartgen.lint.fixsources import Template
from chartgen.lint.targets import Target
from chartgen.location import Pointer
from chartgen.yamlformat import Manner, block_lines, inline, scalar_text
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

_VALUE = re.compile(r"(?P<space>\s*)(?P<value>.*?)(?P<tail>\s+#.*|\s*)")
_ONE_ACTION = re.compile(r"(?P<open>\{\{-?\s*)(?P<code>[^{}]*?)(?P<close>\s*-?\}\})")
OPENS = r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[\"']?[\w./-]+[\"']?):\s*(?:#.*)?"
"""A line that opens a mapping or a list: nothing but its key."""


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
        raise CannotEdit(printed_by(template, template.near(level.line)))
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
        raise CannotEdit(printed_by(template, line))
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
        raise CannotEdit(printed_by(template, line))
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
        raise CannotEdit(printed_by(template, template.near(target.levels[-1].line)))
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
    opens = re.fullmatch(OPENS, template.at(opening))
    if not opens or opens["key"].strip("\"'") != above.part:
        raise CannotEdit(printed_by(template, template.near(above.line)))
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


def printed_by(template: Template, line: int) -> str:
    """Why a field cannot be changed where it is printed: what stands on its line."""
    text = " ".join(template.at(line).split())
    return f"it is printed by '{text}' in line {line} of {template.path}" if text else "its line is not known"
