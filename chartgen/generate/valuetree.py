"""The settings of a chart as one tree, from which values.yaml, its JSON Schema, the README table and ci/ are written.

Declaring a setting once keeps the four in step: a key with a comment but no schema, or a schema without a row in the
README, cannot be written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from textwrap import wrap
from typing import Any

from chartgen.yamlwrite import is_bare, plain, quote

WIDTH = 100
"""Comments in values.yaml are wrapped at this column."""


@dataclass(frozen=True, slots=True)
class Key:
    """One setting: its default, what it does (``doc``, a helm-docs comment) and the JSON Schema it must satisfy.

    ``ci`` gives the value it takes in the scenarios of ``ci/`` that differ from the default. ``example`` is YAML that
    is written below it, commented out. ``remarks`` are comments behind the lines of the default, by the key that
    begins the line.
    """

    name: str
    value: Any
    doc: str
    schema: Mapping[str, Any]
    ci: Mapping[str, Any] = field(default_factory=dict)
    example: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """Settings that belong together under one key; ``doc`` is a plain comment above it.

    ``schema`` is laid over the object schema made of the children (``additionalProperties`` is false without it).
    """

    name: str
    children: tuple[Key | Block, ...]
    doc: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)


Node = Key | Block


def leaves(nodes: Sequence[Node], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Key]]:
    """Every setting with the keys that lead to it, in order."""
    for node in nodes:
        here = (*path, node.name)
        if isinstance(node, Block):
            yield from leaves(node.children, here)
        else:
            yield here, node


def values_text(nodes: Sequence[Node], header: str) -> str:
    """values.yaml: a blank line between top-level keys and between the blocks of a workload, none inside a block."""
    lines = [f"# {line}".rstrip() for line in header.splitlines()]
    for node in nodes:
        lines.append("")
        _write(node, 0, lines)
    return "\n".join(lines) + "\n"


def _write(node: Node, indent: int, lines: list[str]) -> None:
    pad = " " * indent
    if isinstance(node, Key):
        if node.doc:
            lines.extend(_comment(f"-- {node.doc}", indent))
        for line in _entry(node.name, node.value):
            remark = node.remarks.get(line.partition(":")[0].strip()) if node.remarks else None
            lines.append(f"{pad}{line} # {remark}" if remark else (pad + line).rstrip())
        lines.extend(f"{pad}  # {line}".rstrip() for line in node.example.splitlines())
        return
    if node.doc:
        lines.extend(_comment(node.doc, indent))
    lines.append(f"{pad}{key(node.name)}:")
    airy = any(isinstance(child, Block) and len(child.children) > 3 for child in node.children) and indent == 0
    for number, child in enumerate(node.children):
        if airy and number:
            lines.append("")
        _write(child, indent + 2, lines)


@lru_cache(maxsize=2048)
def _comment(text: str, indent: int) -> tuple[str, ...]:
    pad = " " * indent
    return tuple(
        f"{pad}# {line}" for line in wrap(text, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    )


def yaml_block(value: Any, *, literals: bool = True) -> str:
    """A mapping or list as block YAML, written as a person would: strings bare where no reader could take them for
    anything else, text of several lines as a literal block (``|``) unless told otherwise, the rest in double quotes.
    """
    return "\n".join(_lines(value, literals)) + "\n"


def _entry(name: str, value: Any, literals: bool = True) -> list[str]:
    lines = _lines(value, literals)
    if value and not isinstance(value, str | int | float):
        return [f"{key(name)}:", *[f"  {line}".rstrip() for line in lines]]
    lines[0] = f"{key(name)}: {lines[0]}"
    return lines


def _lines(value: Any, literals: bool) -> list[str]:
    if isinstance(value, str):
        return (_literal(value) if literals and "\n" in value else []) or [scalar(value)]
    if isinstance(value, int | float) or not value:
        return [scalar(value)]
    if type(value) is dict or isinstance(value, Mapping):
        return [line for name, item in value.items() for line in _entry(name, item, literals)]
    if not isinstance(value, list | tuple):
        return [scalar(value)]
    lines = []
    for item in value:
        first, *rest = _lines(item, literals)
        lines += [f"- {first}", *[f"  {line}".rstrip() for line in rest]]
    return lines


def is_block(text: str) -> bool:
    """Whether text is of several lines that a literal block can hold as they are."""
    return bool(_literal(text))


def _literal(text: str) -> list[str]:
    """The lines of a literal block, its mark first; empty for text that a literal block could not hold as it is."""
    lines = text.removesuffix("\n").split("\n")
    plain = all(line.isprintable() and line == line.rstrip() for line in lines)
    if len(lines) < 2 or not plain or not lines[0] or not lines[-1] or lines[0].startswith(" "):
        return []
    return ["|" if text.endswith("\n") else "|-", *(f"  {line}".rstrip() for line in lines)]


@lru_cache(maxsize=2048)
def key(name: str) -> str:
    """A mapping key, quoted where needed."""
    return name if is_bare(name) else quote(name)


def scalar(value: Any) -> str:
    """One scalar, or an empty collection. Raises ValueError for what JSON could not hold."""
    if isinstance(value, str):
        return plain(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping) and not value:
        return "{}"
    if isinstance(value, list | tuple) and not value:
        return "[]"
    if isinstance(value, int) or (isinstance(value, float) and value - value == 0):
        return repr(value)
    raise ValueError(f"cannot be written as YAML: {value!r}")
