"""What functions demand of the values they are given: nothing but a text, a number, a list, a map will do.

Those of sprig and of Go have typed parameters, so that any other value ends the render (``wrong type for value;
expected string; got float64``). Comparing values of different kinds does, too.
Sources: https://pkg.go.dev/github.com/Masterminds/sprig/v3 and https://pkg.go.dev/text/template#hdr-Functions.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chartgen.templates.abstract import Const, Value
from chartgen.templates.syntax import Expr

if TYPE_CHECKING:
    from chartgen.templates.expressions import Evaluator

_ALL = tuple(range(8))
_LAST = (-1,)

_TEXTS = {
    **dict.fromkeys(("trim", "upper", "lower", "title", "untitle", "nospace", "swapcase", "initials"), _LAST),
    **dict.fromkeys(("snakecase", "camelcase", "kebabcase", "b64enc", "b64dec", "b32enc", "b32dec"), _LAST),
    **dict.fromkeys(("sha1sum", "sha256sum", "adler32sum", "fromYaml", "fromJson", "fromYamlArray", "base"), _LAST),
    **dict.fromkeys(("dir", "clean", "ext", "urlParse", "trunc", "indent", "nindent", "semver"), _LAST),
    **dict.fromkeys(("trimAll", "trimPrefix", "trimSuffix", "contains", "hasPrefix", "hasSuffix"), _ALL),
    **dict.fromkeys(("split", "splitList", "replace", "regexMatch", "regexFind", "semverCompare"), _ALL),
    "regexReplaceAll": _ALL,
    "tpl": (0,),
}
_LISTS = {
    **dict.fromkeys(("first", "last", "rest", "initial", "reverse", "uniq", "compact", "has", "slice"), ()),
    **dict.fromkeys(("mustFirst", "mustLast", "mustRest", "mustInitial", "mustUniq", "mustCompact", "mustHas"), ()),
    **dict.fromkeys(("append", "mustAppend", "prepend", "mustPrepend", "without", "mustWithout"), (0,)),
    "concat": _ALL,
}
_LISTS |= {name: _LAST if name in ("has", "mustHas") else (0,) for name, where in _LISTS.items() if not where}
_MAPS = {
    **dict.fromkeys(("get", "set", "unset", "hasKey", "pick", "omit"), (0,)),
    **dict.fromkeys(("keys", "merge", "mustMerge", "mergeOverwrite", "mustMergeOverwrite"), _ALL),
    **dict.fromkeys(("dig", "values"), _LAST),
}
_COMPARED = frozenset(("eq", "ne", "lt", "le", "gt", "ge"))

DEMANDS: dict[str, tuple[str, tuple[int, ...]]] = {
    **{name: ("texts", where) for name, where in _TEXTS.items()},
    **{name: ("lists", where) for name, where in _LISTS.items()},
    **{name: ("maps", where) for name, where in _MAPS.items()},
    **dict.fromkeys(_COMPARED, ("", ())),
}
"""Function -> what it demands (a mark of ``Reads``), and of which of its arguments."""


def demand(follower: "Evaluator", name: str, values: Sequence[Value]) -> None:
    """Note what a function demands of the values it is given."""
    mark, where = DEMANDS[name]
    if name in _COMPARED:
        known = [value.value for value in values if isinstance(value, Const)]
        if not known:
            return
        mark = "texts" if isinstance(known[0], str) else "numbers" if not isinstance(known[0], bool) else ""
        where = _ALL
    for index in where if mark else ():
        if -len(values) <= index < len(values):
            follower.note(getattr(follower.reads, mark), values[index])


_TO_YAML = frozenset(("toYaml", "toYamlPretty"))
_INDENTS = frozenset(("nindent", "indent"))


def as_yaml(pipe: Expr) -> tuple[Expr, int] | None:
    """What a pipeline makes YAML of, and how deep it indents that: ``toYaml .Values.a | nindent 8``."""
    value: Expr | None = None
    depth: int | None = None
    for index, call in enumerate(pipe.args):
        name = call.args[0].value if call.args[0].kind == "function" else ""
        if name in _TO_YAML and index < 2:
            value = call.args[1] if len(call.args) > 1 else pipe.args[0].args[0] if index else None
            if index and len(pipe.args[0].args) > 1:
                return None
        elif name in _INDENTS and len(call.args) == 2 and call.args[1].kind == "number":
            depth = int(call.args[1].value)
        elif index or name:
            return None
    return (value, depth) if value is not None and depth is not None else None
