"""Which values a template line reads: ``.Values.a.b``, and what ``with`` and ``range`` make of the dot inside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chartgen.engine.gotemplate import Action, actions
from chartgen.location import Pointer

_PATH = re.compile(
    r"(?P<root>(?<![\w)\]])\$?\.Values)(?P<rest>(?:\.\w+)*)"
    r"|(?<![\w)\].$])(?P<dot>\.(?P<field>\w+(?:\.\w+)*)?)(?!\w)"
)
_OPENS = frozenset({"if", "with", "range", "define", "block"})
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`')
_ASSIGNED = re.compile(r"\$\w+(?:\s*,\s*\$\w+)?\s*:=\s*")


@dataclass(slots=True)
class _Scope:
    """What the dot is inside a block: a place in the values, or None when that is not known."""

    dot: Pointer | None
    is_root: bool


def values_read(template: str) -> dict[int, tuple[Pointer, ...]]:
    """For each line of a template, the places in the values that its actions read, in order and without repeats."""
    found: dict[int, dict[Pointer, None]] = {}
    scopes = [_Scope(None, True)]
    for action in actions(template):
        if action.keyword == "comment":
            continue
        if action.keyword == "end" or action.keyword.startswith("else"):
            scopes = scopes[:-1] if len(scopes) > 1 else scopes
        paths = _paths(action.code, scopes[-1])
        for line in range(action.line, action.last_line + 1):
            found.setdefault(line, {}).update(dict.fromkeys(paths))
        if action.keyword in _OPENS or action.keyword.startswith("else"):
            scopes = [*scopes, _inside(action, scopes[-1], paths)]
    return {line: tuple(paths) for line, paths in found.items() if paths}


def _inside(action: Action, outer: _Scope, paths: list[Pointer]) -> _Scope:
    keyword, _, rest = action.code.partition(" ")
    if keyword == "else":
        keyword, _, rest = rest.partition(" ")
    if keyword in ("if", "block", ""):
        return _Scope(outer.dot, outer.is_root)
    if keyword == "define":
        return _Scope(None, True)
    # Only a bare path says what the dot becomes; an item of a range is below it, at a place that is not known.
    expression = _ASSIGNED.sub("", rest.strip())
    is_bare = len(paths) == 1 and _PATH.fullmatch(expression) is not None
    return _Scope(paths[0] if is_bare and keyword == "with" else None, False)


def _paths(code: str, scope: _Scope) -> list[Pointer]:
    found: dict[Pointer, None] = {}
    for match in _PATH.finditer(_STRING.sub(lambda text: " " * len(text[0]), code)):
        if match["root"]:
            if match["root"].startswith("$") or scope.is_root:
                found[Pointer(tuple(match["rest"].split(".")[1:]))] = None
        elif scope.dot is not None:
            fields = tuple(match["field"].split(".")) if match["field"] else ()
            found[scope.dot + Pointer(fields)] = None
    return [pointer for pointer in found if pointer.parts]
