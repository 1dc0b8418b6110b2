"""The place in an object that an expression is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from chartgen.kube.access import get
from chartgen.location import Pointer

_FIELDS = r"""((?:\s*\.\??\s*[A-Za-z_]\w*(?!\w|\s*\()|\[\??(?:'[^']*'|"[^"]*"|[0-9]+)\])+)"""
_PART = re.compile(r"""\.\??\s*([A-Za-z_]\w*)|\[\??(?:'([^']*)'|"([^"]*)"|([0-9]+))\]""")
_VARIABLE = re.compile(r"(?<![\w.])variables\.([A-Za-z_]\w*)")


_ASIDE = (("kind",), ("apiVersion",), ("metadata", "name"), ("metadata", "namespace"))
"""Fields that mostly say whom an expression is about, not what."""


def place_of(expression: str, variables: Mapping[str, str], body: Mapping[str, Any] | None = None) -> Pointer:
    """What all the fields of ``object`` that an expression names have in common, also through its variables.

    Of an object, its ``body``, only fields that its kind has count: an expression may speak of many kinds.

    >>> str(place_of("object.spec.replicas <= 5", {}))
    '/spec/replicas'
    """
    paths = paths_of(expression, variables)
    paths = [path for path in paths if path not in _ASIDE] or paths
    if body is not None:
        paths = [path for path in paths if path[0] != "spec" or get(body, *path[:2]) is not None] or paths
    return _common(paths)


def place_in(expression: str, name: str) -> Pointer:
    """What all the fields of ``name`` that an expression names have in common."""
    return _common(paths_of(expression, {}, name))


def paths_of(expression: str, variables: Mapping[str, str], root: str = "object") -> list[tuple[str | int, ...]]:
    """The fields of ``root`` that an expression names, also through its variables, in the order of its text."""
    path = re.compile(rf"(?<![\w.]){root}{_FIELDS}")
    return [_parts(match[1]) for text in _with_variables(expression, variables) for match in path.finditer(text)]


def _common(paths: list[tuple[str | int, ...]]) -> Pointer:
    common = max(paths, key=len, default=())
    for one in paths:
        # One path that leads through another is the same place told twice: has(object.spec) && object.spec.replicas.
        if common[: len(one)] != one:
            shared = (i for i, (a, b) in enumerate(zip(common, one, strict=False)) if a != b)
            common = common[: next(shared, len(one))]
    return Pointer(common)


def exact_place(expression: str, variables: Mapping[str, str]) -> Pointer | None:
    """The field of ``object`` that an expression is, also through variables; None when it is anything else."""
    seen: set[str] = set()
    while (variable := _VARIABLE.fullmatch(expression.strip())) and variable[1] not in seen:
        seen.add(variable[1])
        expression = variables.get(variable[1], "")
    match = re.fullmatch(f"object{_FIELDS}", expression.strip())
    return Pointer(_parts(match[1])) if match else None


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
