"""Functions -> the library's environment configuration, a YAML text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from chartgen.kube.cel.functions import Overload, stand_in

_EXTENSIONS = """\
name: kubernetes
extensions:
- name: sets
- name: lists
- name: two-var-comprehensions
- name: strings
  version: 2
- name: optional
"""
"""The libraries of cel-go that the API server switches on (``environment/base.go``); ``cel.bind`` and math are not."""

RE2 = "name: re2\nextensions:\n- name: optional\n- name: regex\n"
"""An environment whose only purpose is RE2, the regular expressions Go has too."""


def configuration(overloads: Iterable[Overload], replaced: Iterable[str]) -> str:
    """The configuration with these functions; the library's own functions called ``replaced`` are left out."""
    excluded = "".join(f'  - name: "{name}"\n' for name in replaced)
    by_name: dict[str, list[str]] = {}
    for ident, overload in identified(overloads):
        by_name.setdefault(overload.name, []).append(_overload(ident, overload))
    functions = "".join(f'- name: "{name}"\n  overloads:\n{"".join(forms)}' for name, forms in by_name.items())
    return f"{_EXTENSIONS}stdlib:\n  exclude_functions:\n{excluded}functions:\n{functions}"


def implementations(overloads: Iterable[Overload]) -> dict[str, Callable[..., Any]]:
    """What to call for each overload that is ours to evaluate."""
    return {ident: overload.call for ident, overload in identified(overloads) if overload.call is not None}


def identified(overloads: Iterable[Overload]) -> Iterable[tuple[str, Overload]]:
    """Each overload with an id of its own."""
    return ((f"chartgen_{number}", overload) for number, overload in enumerate(overloads))


def _overload(ident: str, overload: Overload) -> str:
    takes = [_type(stand_in(kind)) for kind in overload.takes]
    target = f"    target: {takes.pop(0)}\n" if overload.member else ""
    return f"  - id: {ident}\n{target}    args: [{', '.join(takes)}]\n    return: {_type(stand_in(overload.gives))}\n"


def _type(text: str) -> str:
    """A type as the configuration writes it."""
    name, bracket, inner = text.strip().partition("(")
    if not bracket:
        return f'{{type_name: "{name}"}}'
    parts, depth, start = [], 0, 0
    inner = inner[:-1]
    for index, character in enumerate(inner):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(inner[start:index])
            start = index + 1
    return f'{{type_name: "{name}", params: [{", ".join(map(_type, (*parts, inner[start:])))}]}}'
