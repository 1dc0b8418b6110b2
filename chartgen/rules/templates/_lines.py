"""The YAML around a place in a template, as far as it can be told from the lines."""

import re
from collections.abc import Iterator

_KEY = re.compile(r"(?P<indent> *(?:- +)*)(?P<key>[\"']?[\w./$-]+[\"']?):(?:\s|$)")
_BLOCK = re.compile(r"(?:^|[:\-] +)[|>][+\-0-9]*\s*(?:#.*)?$")


def keys_above(text: str, offset: int) -> list[tuple[int, str]]:
    r"""The keys that lead to the line of an offset, the innermost first: each with its column, from 0.

    >>> keys_above("a:\n  b:\n    c: 1\n", 12)
    [(4, 'c'), (2, 'b'), (0, 'a')]
    """
    found: list[tuple[int, str]] = []
    end = text.find("\n", offset)
    limit = 10**6
    for line in reversed(text[: len(text) if end < 0 else end].split("\n")):
        stripped = line.strip()
        if line.startswith("---"):
            break
        if not stripped or stripped.startswith(("#", "{{")):
            continue
        match = _KEY.match(line)
        indent = len(match["indent"]) if match else len(line) - len(line.lstrip())
        if match and indent < limit:
            found.append((indent, match["key"].strip("\"'")))
        # The dash of a list stands where its parent's keys do, or deeper.
        start = len(line) - len(line.lstrip())
        limit = min(limit, start if match is None or "-" not in match["indent"] else start + 1)
        if limit == 0:
            break
    return found


def plain_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a template with their offsets, those in block scalars (scripts, configuration) left out."""
    offset = 0
    block = -1
    for line in text.split("\n"):
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        if block >= 0 and stripped and indent <= block and not stripped.startswith("{{"):
            block = -1
        if block < 0:
            yield offset, line
            if _BLOCK.search(stripped):
                block = indent
        offset += len(line) + 1
