"""Values written as a person would write them into a YAML file that is there already.

``yamlwrite`` writes whole files and quotes every string; here a field is put among others, in their manner.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from chartgen.tuples import NamedTuple
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError

_PLAIN = re.compile(r"[A-Za-z/][\w./-]*(?: [\w./-]+)*|\d+(?:[KMGT]i?|[km])")


class Manner(NamedTuple):
    """How a file is written: columns per level, columns a list stands behind its key, its line end, JSON or not."""

    step: int = 2
    list_offset: int = 2
    newline: str = "\n"
    json: bool = False


def scalar_text(value: Any) -> str:
    """A scalar: plain where every reader takes it for the text it is, else in double quotes.

    >>> scalar_text("RuntimeDefault"), scalar_text("yes"), scalar_text(True)
    ('RuntimeDefault', '"yes"', 'true')
    """
    if not isinstance(value, str):
        return "null" if value is None else json.dumps(value)
    return value if _PLAIN.fullmatch(value) and reads_as(value) else json.dumps(value, ensure_ascii=False)


def reads_as(text: str) -> bool:
    """Whether a text, written without quotes, is read as itself."""
    try:
        return bool(read(text).data == text)
    except YamlError:
        return False


def inline(value: Any, *, as_json: bool = False) -> str:
    """A value on one line.

    >>> inline({"drop": ["ALL"]})
    '{drop: [ALL]}'
    """
    if as_json:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar_text(key)}: {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return scalar_text(value)


def entry_lines(key: str, value: Any, manner: Manner) -> list[str]:
    """A key and its value as the lines of a block, the first one at column 0.

    >>> entry_lines("capabilities", {"drop": ["ALL"]}, Manner())
    ['capabilities:', '  drop:', '    - ALL']
    """
    head = f"{scalar_text(key)}:"
    if not isinstance(value, dict | list) or not value:
        return [f"{head} {inline(value)}"]
    return [head, *below(value, manner)]


def below(value: Any, manner: Manner) -> list[str]:
    """The lines of a mapping or list that stand under its key, indented."""
    offset = manner.step if isinstance(value, dict) else manner.list_offset
    return [" " * offset + line for line in block_lines(value, manner)]


def block_lines(value: Any, manner: Manner) -> list[str]:
    """A mapping or list as the lines of a block at column 0."""
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in entry_lines(key, item, manner)]
    return list(_items(value, manner))


def _items(items: list[Any], manner: Manner) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict | list) and item:
            first, *rest = block_lines(item, manner)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
        else:
            yield f"- {inline(item)}"
