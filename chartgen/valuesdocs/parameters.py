"""The comments of a values.yaml in the convention of Bitnami's readme-generator, and the tables made of them.

``## @section Name`` begins a section, ``## @param path [modifiers] description`` is one row of it, ``@extra`` one
without a value, ``@skip path`` none; ``@descriptionStart`` to ``@descriptionEnd`` is text below a section's heading.
See https://github.com/bitnami/readme-generator-for-helm#values-file-metadata; looked at in its source where that leaves
a choice.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from chartgen.tuples import NamedTuple

_TAG = re.compile(r"\s*##\s*@(param|extra|skip|section|descriptionStart|descriptionEnd)\b\s*(.*)$")
_PARAM = re.compile(r"(\S+)\s*(\[[^\]]*\])?\s*(.*)$", re.DOTALL)
_TEXT = re.compile(r"\s*##\s?(.*)$")
_SHOWN = {"array": "[]", "object": "{}", "string": '""'}


class Parameter(NamedTuple):
    """One ``@param``, ``@extra`` or ``@skip``; ``modifiers`` as written, among them ``default: text``."""

    name: str
    description: str = ""
    modifiers: tuple[str, ...] = ()
    kind: str = "param"


class Section(NamedTuple):
    """A heading, the text below it, and what stands in its table. The first, without a name, is shown nowhere."""

    name: str
    text: tuple[str, ...]
    parameters: tuple[Parameter, ...]


def sections(text: str) -> tuple[Section, ...]:
    """The sections of a values.yaml, what stands before the first in front; none where there is no ``@param``."""
    names: list[str] = [""]
    texts: list[list[str]] = [[]]
    found: list[list[Parameter]] = [[]]
    describing = False
    for line in text.splitlines():
        match = _TAG.match(line)
        if match is None:
            if describing and (more := _TEXT.match(line)):
                texts[-1].append(more[1])
            continue
        tag, rest = match[1], match[2].rstrip()
        if tag == "section":
            names.append(rest)
            texts.append([])
            found.append([])
        elif tag == "descriptionStart":
            describing = True
            texts[-1] += [rest] * bool(rest)
        elif tag == "descriptionEnd":
            describing = False
        elif parts := _PARAM.match(rest):
            modifiers = tuple(one.strip() for one in (parts[2] or "")[1:-1].split(",") if one.strip())
            found[-1].append(Parameter(parts[1], parts[3], modifiers, tag))
    if not any(one.kind == "param" for each in found for one in each):
        return ()
    return tuple(Section(name, tuple(told), tuple(each)) for name, told, each in zip(names, texts, found, strict=True))


def table(section: Section, data: Any, *, broken: bool = False) -> list[str]:
    """A section's table as lines, its columns as wide as their widest cell; no lines where there is nothing to show.

    With ``broken`` a text of several lines stands in it as it is, as that tool writes it, though no table is left then.
    """
    cells = [("Name", "Description", "Value")]
    for one in section.parameters:
        if one.kind != "skip":
            text = shown(one, lookup(data, one.name))
            value = "" if one.kind == "extra" else f"`{text if broken else _on_one_line(text)}`"
            cells.append((f"`{one.name}`", one.description, value))
    if len(cells) == 1:
        return []
    widths = [max(3, *(_width(row[column]) for row in cells)) for column in range(3)]
    lines = [_line(row, widths) for row in cells]
    return [lines[0], "| " + " | ".join("-" * width for width in widths) + " |", *lines[1:]]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return (
        "| " + " | ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) + " |"
    )


def _width(text: str) -> int:
    """How long JavaScript finds a text, whose tool aligned the tables there are."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def broken(section: Section, data: Any) -> list[str]:
    """The values of several lines that a section shows."""
    texts = [shown(one, lookup(data, one.name)) for one in section.parameters if one.kind == "param"]
    return [text for text in texts if "\n" in text]


def _on_one_line(text: str) -> str:
    return text.replace("\n", "\\n")


_MISSING = object()


def lookup(data: Any, name: str) -> Any:
    """The value that a name means, whose keys may hold dots; something that ``is_missing`` where there is none."""
    if name == "":
        return data
    if match := re.match(r"\[(\d+)\]\.?", name):
        index = int(match[1])
        return lookup(data[index], name[match.end() :]) if isinstance(data, list) and index < len(data) else _MISSING
    if not isinstance(data, Mapping):
        return _MISSING
    for end in [at for at, char in enumerate(name) if char in ".["] + [len(name)]:
        key, rest = name[:end], name[end:].removeprefix(".")
        if key in data and (found := lookup(data[key], rest)) is not _MISSING:
            return found
    return _MISSING


def is_missing(value: Any) -> bool:
    """Whether ``lookup`` found nothing."""
    return value is _MISSING


def shown(parameter: Parameter, value: Any) -> str:
    """What a table shows for a value: what a modifier says, else the value as JavaScript prints it."""
    modifiers = parameter.modifiers
    # A nullable that comes last only says so; before others, and alone, the value is shown.
    if modifiers and modifiers[-1] != "nullable":
        for modifier in reversed(modifiers):
            name, colon, text = modifier.partition(":")
            if name.strip() == "default" and colon:
                return text.strip()
            if modifier in _SHOWN:
                return _SHOWN[modifier]
    if value is _MISSING:
        return "undefined"
    if value is None or (modifiers and isinstance(value, Mapping) and value):  # a map in itself is no parameter there
        return "nil"
    if isinstance(value, str):
        return value or '""'
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
