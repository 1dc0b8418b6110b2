"""The place in an object that an expression is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from chartgen.location import Pointer

_FIELDS = r"""((?:\s*\.\??\s*[A-Za-z_]\w*(?!\w|\s*\()|\[\??(?:'[^']*'|"[^"]*"|[0-9]+)\])+)"""
_PART = re.compile(r"""\.\??\s*([A-Za-z_]\w*)|\[\??(?:'([^']*)'|"([^"]*)"|([0-9]+))\]""")
_VARIABLE = re.compile(r"(?<![\w.])variables\.([A-Za-z_]\w*)")


def place_of(expression: str, variables: Mapping[str, str], root: str = "object") -> Pointer:
    """What all the fields of ``object`` that an expression names have in common, also through its variables.

    ``root`` is the name whose fields are meant.

    >>> str(place_of("object.spec.replicas <= 5", {}))
    '/spec/replicas'
    """
    path = re.compile(rf"(?<![\w.]){root}{_FIELDS}")
    paths = [_parts(match[1]) for text in _with_variables(expression, variables) for match in path.finditer(text)]
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
