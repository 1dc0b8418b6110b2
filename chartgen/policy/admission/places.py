"""The place in an object that an expression is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from chartgen.location import Pointer

_PATH = re.compile(r"""(?<![\w.])object((?:\s*\.\??\s*[A-Za-z_]\w*(?!\w|\s*\()|\[\??(?:'[^']*'|"[^"]*"|[0-9]+)\])+)""")
_PART = re.compile(r"""\.\??\s*([A-Za-z_]\w*)|\[\??(?:'([^']*)'|"([^"]*)"|([0-9]+))\]""")
_VARIABLE = re.compile(r"(?<![\w.])variables\.([A-Za-z_]\w*)")


def place_of(expression: str, variables: Mapping[str, str]) -> Pointer:
    """What all the fields of ``object`` that an expression names have in common, also through its variables.

    >>> str(place_of("object.spec.replicas <= 5", {}))
    '/spec/replicas'
    """
    paths = [_parts(match[1]) for text in _with_variables(expression, variables) for match in _PATH.finditer(text)]
    common = max(paths, key=len, default=())
    for path in paths:
        # One path that leads through another is the same place told twice: has(object.spec) && object.spec.replicas.
        if common[: len(path)] != path:
            shared = (i for i, (a, b) in enumerate(zip(common, path, strict=False)) if a != b)
            common = common[: next(shared, len(path))]
    return Pointer(common)


def _parts(path: str) -> tuple[str | int, ...]:
    return tuple(
        int(match[4]) if match[4] else next(part for part in match.groups() if part is not None)
        for match in _PART.finditer(path)
    )


def _with_variables(expression: str, variables: Mapping[str, str]) -> Iterable[str]:
    waiting, seen = [expression], set()
    while waiting:
        text = waiting.pop()
        yield text
        for name in _VARIABLE.findall(text):
            if name in variables and name not in seen:
                seen.add(name)
                waiting.append(variables[name])
