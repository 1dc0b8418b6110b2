"""Which values a template line reads, as far as that can be said for certain.

Known: ``.Values.a.b``, ``$.Values.a.b``, ``index .Values "a" "b-c"``, what ``.`` and ``.name`` mean inside ``with`` and
``range`` over such a path, and variables that are set to one. Inside ``define`` nothing is known: who calls it decides.
"""

import re
from collections.abc import Iterator, Mapping

from chartgen.engine.gotemplate import Action, actions
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

_NAME = r"[A-Za-z_]\w*"
_TOKEN = rf"""(?x)(?P<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*')
    |index\s+(?P<root>\$?)\.Values(?P<start>(?:\.{_NAME})*)(?P<keys>(?:\s+"[^"\\]+")+)
    |(?P<values>(?<![\w.)$])\$?\.Values(?:\.{_NAME})+)
    |(?P<variable>\$\w+)(?P<fields>(?:\.{_NAME})*)
    |(?P<dot>(?<![\w.)$])\.(?:{_NAME}(?:\.{_NAME})*)?(?![\w"]))"""
_DECLARED = r"(?s)(\$\w+)(?:\s*,\s*(\$\w+))?\s*(:?=)\s*(.*)"

_Path = tuple[str, ...]


def _declared(code: str) -> re.Match[str] | None:
    """What an action declares or sets."""
    return re.match(_DECLARED, code) if code.startswith("$") else None


class _Scope(NamedTuple):
    """What ``.`` is: the root of everything, a path in the values, an item of one, or (``path`` None) unknown."""

    path: _Path | None = None
    root: bool = False
    item: bool = False

    def field(self, names: _Path) -> _Path | None:
        """The path of ``.a.b`` here; an item's fields count for the list or mapping it is in."""
        if self.path is None:
            return None
        return self.path if self.item else self.path + names


_ROOT, _UNKNOWN = _Scope(root=True), _Scope()


class _State:
    def __init__(self) -> None:
        self.dot = _ROOT
        self.outer: list[tuple[_Scope, Mapping[str, _Scope]]] = []
        self.variables: dict[str, _Scope] = {}


def values_paths(template: str, line: int) -> tuple[Pointer, ...]:
    """The places in the values that a line of a template reads (1-based), in order and each once.

    >>> [str(path) for path in values_paths("replicas: {{ .Values.replicaCount }}", 1)]
    ['/replicaCount']
    """
    state = _State()
    found: dict[_Path, None] = {}
    for action in actions(template):
        if action.line > line:
            break
        if action.keyword.startswith("else") and state.outer:
            state.dot = state.outer[-1][0]
        if not action.in_define and action.line <= line <= action.last_line:
            assigned = _declared(action.code)
            found.update(dict.fromkeys(_read_by(assigned[4] if assigned else action.code, state)))
        _step(action, state)
    return tuple(Pointer(path) for path in found)


def _step(action: Action, state: _State) -> None:
    """Follow what an action does to ``.`` and to variables."""
    keyword = action.keyword
    if keyword == "end" and state.outer:
        state.dot, variables = state.outer.pop()
        state.variables = {name: state.variables.get(name, _UNKNOWN) for name in variables}
    elif keyword == "else with":
        state.dot = _scope(action.code.split("with", 1)[1], state)
    elif keyword in ("define", "block"):
        state.outer.append((state.dot, dict(state.variables)))
        state.dot = _UNKNOWN
        state.variables = {}
    elif keyword in ("if", "with", "range"):
        state.outer.append((state.dot, dict(state.variables)))
        _open(action, keyword, state)
    elif keyword == "":
        _assign(action.code, state)


def _open(action: Action, keyword: str, state: _State) -> None:
    subject = action.code.removeprefix(keyword).strip()
    declared = _declared(subject)
    if keyword == "if" and not declared:
        return
    scope = _scope(declared[4] if declared else subject, state)
    if keyword == "range":
        scope = _Scope(scope.path, item=True) if scope.path is not None else _UNKNOWN
    if keyword != "if":
        state.dot = scope
    if declared:
        for name in filter(None, (declared[1], declared[2])):
            state.variables[name] = scope


def _assign(code: str, state: _State) -> None:
    if (declared := _declared(code)) is None:
        return
    # A variable that is set again may hold either, depending on a branch.
    state.variables[declared[1]] = _scope(declared[4], state) if declared[3] == ":=" else _UNKNOWN


def _scope(code: str, state: _State) -> _Scope:
    """What a pipeline is, if it is nothing but a path."""
    code = code.strip()
    if code == "$":
        return _ROOT
    if code == ".":
        return state.dot
    if state.dot.root and (names := _plain(code)):
        return _Scope(names)
    match = re.match(_TOKEN, code)
    if match is None or match.end() != len(code):
        return _UNKNOWN
    scope = state.variables.get(match["variable"] or "")
    if scope and not match["fields"]:
        return scope
    paths = list(_read_by(code, state))
    return _Scope(paths[0]) if len(paths) == 1 else _UNKNOWN


def _plain(code: str) -> _Path:
    """The path of ``.Values.a.b``, which most pipelines are that are a path; ``()`` for all else."""
    names = code.split(".")[2:] if code.startswith(".Values.") else []
    return tuple(names) if all(name.isidentifier() and name.isascii() for name in names) else ()


def _read_by(code: str, state: _State) -> Iterator[_Path]:
    """The values that the code of an action reads."""
    if ".Values" not in code and "$" not in code and state.dot.path is None:
        return
    for match in re.finditer(_TOKEN, code):
        if match["keys"] is not None:
            if match["root"] or state.dot.root:
                names = tuple(filter(None, match["start"].split(".")))
                yield names + tuple(re.findall(r'"([^"]+)"', match["keys"]))
        elif match["values"]:
            if match["values"].startswith("$") or state.dot.root:
                yield tuple(match["values"].split("."))[2:]
        elif match["variable"]:
            scope = state.variables.get(match["variable"])
            path = scope.field(tuple(filter(None, match["fields"].split(".")))) if scope else None
            if path:
                yield path
        elif match["dot"] and (path := state.dot.field(tuple(filter(None, match["dot"].split("."))))):
            yield path
