"""``@schema`` in the comments of a values.yaml, in either convention, and the modifiers of ``@param``.

A block between two lines ``# @schema`` is YAML (https://github.com/dadav/helm-schema); ``# @schema
type:string;required`` is a list of words on one line, above a key or behind its value
(https://github.com/losisin/helm-values-schema-json). A block between two lines ``# @schema.root`` is about the whole
file.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from chartgen.tuples import NamedTuple
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

_LINE = re.compile(r"#\s*@schema\s+(\S.*)$")
_FENCE = re.compile(r"#\s*@schema\s*$")
_ROOT = re.compile(r"\s*#\s*@schema\.root\s*$")


class Annotation(NamedTuple):
    """What is asked of a value: keywords of JSON Schema, and whether its map must have it.

    One that is hidden may be anything; ``skips_below`` says so of what is below it.
    """

    schema: Mapping[str, Any]
    is_required: bool = False
    is_hidden: bool = False
    skips_below: bool = False


class BadAnnotation(ValueError):
    """An ``@schema`` that cannot be read; the message says why."""


def annotation(comment: Sequence[str], behind: str = "") -> Annotation | None:
    """What is asked by the lines of comment above a key, without their ``#``, and behind it. Raises BadAnnotation."""
    found: dict[str, Any] = {}
    block: list[str] | None = None
    any_found = False
    for line in [*(f"# {line}" for line in comment), *([behind] if behind else [])]:
        if _FENCE.match(line):
            if block is not None:
                found |= _block(block)
            any_found = True
            block = None if block is not None else []
        elif block is not None:
            block.append(line.removeprefix("# "))
        elif match := _LINE.search(line):
            any_found = True
            found |= _words(match[1])
    if block is not None:
        raise BadAnnotation("'# @schema' is not closed by a second one")
    return _annotation(found) if any_found else None


def root(text: str) -> Mapping[str, Any]:
    """What is asked of the whole file. Raises BadAnnotation."""
    lines = text.splitlines()
    marks = [index for index, line in enumerate(lines) if _ROOT.match(line)]
    if not marks:
        return {}
    if len(marks) != 2:
        raise BadAnnotation("'# @schema.root' does not stand there twice")
    inner = [re.sub(r"^\s*# ?", "", line) for line in lines[marks[0] + 1 : marks[1]]]
    return _annotation(_block(inner)).schema


def _block(lines: Sequence[str]) -> dict[str, Any]:
    text = "\n".join(lines)
    try:
        data = read(text).data
    except YamlError as error:
        raise BadAnnotation(f"@schema is no YAML: {error.message}") from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise BadAnnotation("@schema is no mapping of keywords")
    return dict(data)


_PART = re.compile(r"""((?:[^;\[\]{}"]|"(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{.*\}|[\[\]{}"])+)""")
_AS_TEXT = frozenset(("pattern", "title", "description", "$id", "$ref", "itemRef", "format"))
_ITEMS = {"item": "type", "itemProperties": "properties", "itemEnum": "enum", "itemRef": "$ref"}


def _words(text: str) -> dict[str, Any]:
    """``type:[string, null];minLength:1;required`` as a mapping."""
    found: dict[str, Any] = {}
    for part in _PART.findall(text):
        name, colon, value = part.partition(":")
        name, value = name.strip(), value.strip()
        if not name:
            continue
        if not colon:
            data: Any = True
        elif name in _AS_TEXT:
            data = value
        else:
            try:
                data = read(value).data
            except YamlError as error:
                raise BadAnnotation(f"@schema {name}: {value!r} cannot be read: {error.message}") from None
        if name in _ITEMS:
            found["items"] = {**found.get("items", {}), _ITEMS[name]: data}
        else:
            found[name] = data
    return found


_OURS = frozenset(("hidden", "skipProperties", "mergeProperties", "required", "$k8s"))


def _annotation(found: Mapping[str, Any]) -> Annotation:
    schema = {key: value for key, value in found.items() if key not in _OURS}
    required = found.get("required")
    if isinstance(required, list):
        schema["required"] = required
    if "type" in schema:
        schema["type"] = _null(schema["type"])
    return Annotation(schema, required is True, found.get("hidden") is True, found.get("skipProperties") is True)


def _null(kinds: Any) -> Any:
    """YAML reads ``null`` as nothing; the type is meant."""
    if isinstance(kinds, list):
        return ["null" if one is None else one for one in kinds]
    return "null" if kinds is None else kinds


_MODIFIERS = {"array": "array", "object": "object", "string": "string"}
_WORDS = {
    "int": "integer",
    "integer": "integer",
    "float": "number",
    "number": "number",
    "bool": "boolean",
    "boolean": "boolean",
    "string": "string",
    "list": "array",
    "array": "array",
    "object": "object",
    "map": "object",
    "dict": "object",
    "null": "null",
    "nil": "null",
}


def modified(modifiers: Sequence[str]) -> tuple[frozenset[str], bool]:
    """The types that ``[object,nullable]`` of ``@param`` allow, and whether null is among them."""
    return frozenset(_MODIFIERS[one] for one in modifiers if one in _MODIFIERS), "nullable" in modifiers


def named(text: str) -> frozenset[str]:
    """The types in helm-docs' ``(int/string)``; none when a word in it is no type."""
    words = [word.strip().lower() for word in re.split(r"[/|,]", text) if word.strip()]
    return frozenset(_WORDS[word] for word in words) if words and all(word in _WORDS for word in words) else frozenset()
