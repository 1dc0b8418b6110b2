"""What the functions of Helm, sprig and Go do with values, as far as it decides which values are read.

A function that is not here uses all it is given and gives nothing that leads to a value.
Sources: https://helm.sh/docs/chart_template_guide/function_list and https://pkg.go.dev/text/template#hdr-Functions.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from chartgen.templates.abstract import (
    ANY,
    OPAQUE,
    Const,
    Dict,
    Form,
    Items,
    Path,
    Root,
    Test,
    Value,
    options,
    union,
)
from chartgen.templates.syntax import Expr

if TYPE_CHECKING:
    from chartgen.templates.follow import Follower

Values = Sequence[Value]
Handler = Callable[["Follower", Values, Expr], Value]


def call_function(follower: "Follower", name: str, args: Sequence[Expr], piped: Value | None, call: Expr) -> Value:
    """What a function gives; what it does with its arguments is noted in the follower."""
    if name in ("and", "or"):
        return _short_circuit(follower, name, args, piped)
    values = [follower.value(arg) for arg in args]
    if piped is not None:
        values.append(piped)
    handler = _HANDLERS.get(name)
    if handler is not None and values:
        return handler(follower, values, call)
    if name == "dict":
        return Dict()
    if name in ("list", "tuple"):
        return Items(())
    for value in values:
        follower.use(value)
    return OPAQUE


def _short_circuit(follower: "Follower", name: str, args: Sequence[Expr], piped: Value | None) -> Value:
    values = follower.in_turn(args, holds=name == "and")
    if piped is not None:
        values.append(piped)
    return Test(name, tuple(values))


def _use_all(follower: "Follower", values: Values, _: Expr) -> Value:
    for value in values:
        follower.use(value)
    return OPAQUE


def _test(op: str) -> Handler:
    return lambda follower, values, call: Test(op, tuple(values))


def _compare(op: str) -> Handler:
    def handler(follower: "Follower", values: Values, _: Expr) -> Value:
        for value in values:
            follower.use(value)
        return Test(op, tuple(values))

    return handler


def _look(follower: "Follower", values: Values, _: Expr) -> Value:
    """Looks at what its arguments are, not at what is in them: ``kindIs``, ``empty``."""
    return OPAQUE


def _kind_is(follower: "Follower", values: Values, _: Expr) -> Value:
    if isinstance(values[0], Const) and values[0].value in ("map", "slice", "string"):
        return Test("filled", (values[-1],))
    return OPAQUE


def _last(follower: "Follower", values: Values, _: Expr) -> Value:
    """Gives its last argument: ``required``, ``deepCopy``, ``fail``'s opposite."""
    for value in values[:-1]:
        follower.use(value)
    return values[-1]


def _default(follower: "Follower", values: Values, _: Expr) -> Value:
    for value in values:
        follower.default(value)
    return Test("default", tuple(values))


def _coalesce(follower: "Follower", values: Values, _: Expr) -> Value:
    for value in values:
        follower.default(value)
    return union(tuple(values))


def _ternary(follower: "Follower", values: Values, _: Expr) -> Value:
    return union(tuple(values[:2]))


def _dict(follower: "Follower", values: Values, _: Expr) -> Value:
    made = Dict()
    for key, value in zip(values[0::2], [*values[1::2], OPAQUE], strict=False):
        keys = [str(one.value) if isinstance(one, Const) else None for one in options(key)] or [None]
        for one in keys:
            made.put(one, value)
    return made


def _list(follower: "Follower", values: Values, _: Expr) -> Value:
    return Items(tuple(values))


def _members(follower: "Follower", values: Values, _: Expr) -> Value:
    """Gives what is in its arguments, as a list: ``concat``, ``append``, ``uniq``, ``values``."""
    found: list[Value] = []
    for value in values:
        for option in options(value):
            if isinstance(option, Const):
                found.append(option)
            elif isinstance(option, Path):
                found += [option, follower.items(option)]
            else:
                found.append(follower.items(option))
    return Items(tuple(found))


def _member(follower: "Follower", values: Values, _: Expr) -> Value:
    """Gives something that is in its argument: ``first``, ``last``."""
    return follower.items(values[0])


def _keys(follower: "Follower", values: Values, _: Expr) -> Value:
    for value in values:
        follower.items(value)
    return OPAQUE


def _at(follower: "Follower", value: Value, keys: Value, call: Expr, *, safe: bool) -> Value:
    """What stands under a key, or under one of several; under any key when it is not known."""
    found: list[Value] = []
    names = [str(one.value) for one in options(keys) if isinstance(one, Const) and not isinstance(one.value, int)]
    known = bool(names) and len(names) == len(options(keys))
    for option in options(value):
        if isinstance(option, Path) and not safe:
            follower.lean_on(option.parts, (*option.parts, *(names[:1] or (ANY,))), call)
    for name in names if known else ():
        found.append(follower.field(value, name))
    if not known:
        follower.use(keys)
        found.append(follower.items(value))
    result = union(tuple(found))
    for option in options(result):
        if isinstance(option, Path):
            follower.touch(option.parts, call)
    return result


def _split(follower: "Follower", values: Values, _: Expr) -> Value:
    """``splitList "." "a.b"``: how a path in the values is walked that is given as a text."""
    follower.use(values[-1])
    separator = values[0]
    texts = options(values[-1])
    if not isinstance(separator, Const) or not separator.value or not all(isinstance(text, Const) for text in texts):
        return OPAQUE
    parts = [str(text.value).split(str(separator.value)) for text in texts if isinstance(text, Const)]
    return union(tuple(Items(tuple(map(Const, words))) for words in parts))


def _index(follower: "Follower", values: Values, call: Expr) -> Value:
    value = values[0]
    for key in values[1:]:
        value = _at(follower, value, key, call, safe=False)
    return value


def _get(follower: "Follower", values: Values, call: Expr) -> Value:
    return _at(follower, values[0], values[1], call, safe=False) if len(values) > 1 else OPAQUE


def _has_key(follower: "Follower", values: Values, call: Expr) -> Value:
    found = _get(follower, values, call)
    follower.default(found)
    return Test("has_key", (found,))


def _dig(follower: "Follower", values: Values, call: Expr) -> Value:
    *keys, default, value = values if len(values) > 1 else (OPAQUE, *values)
    for key in keys:
        value = _at(follower, value, key, call, safe=True)
        follower.default(value)
    return Test("default", (default, value))


def _pluck(follower: "Follower", values: Values, call: Expr) -> Value:
    found = tuple(_at(follower, value, values[0], call, safe=True) for value in values[1:])
    for value in found:
        follower.default(value)
    return Items(found)


def _pick(follower: "Follower", values: Values, call: Expr) -> Value:
    made = Dict()
    for key in values[1:]:
        found = _at(follower, values[0], key, call, safe=True)
        follower.default(found)
        made.put(str(key.value) if isinstance(key, Const) else None, found)
    return made


def _merge(follower: "Follower", values: Values, _: Expr) -> Value:
    """The first argument takes in the others."""
    for target in options(values[0]):
        for source in values[1:]:
            if isinstance(target, Dict):
                _pour(source, target)
                follower.changes += target.given
            elif isinstance(target, Path):
                follower.use(source)
    return union(tuple(values))


def _pour(source: Value, target: Dict) -> None:
    if source is target:
        return
    if not isinstance(source, Dict):
        target.put(None, source)
        return
    for key, value in source.entries.items():
        target.put(key, value)
    if source.rest is not None:
        target.put(None, source.rest)


def _set(follower: "Follower", values: Values, call: Expr) -> Value:
    if len(values) < 3:
        return _use_all(follower, values, call)
    target, key, value = values[:3]
    names = [str(one.value) if isinstance(one, Const) else None for one in options(key)] or [None]
    for option in options(target):
        for name in names:
            if isinstance(option, Dict):
                option.put(name, value)
                follower.changes += option.given
            elif isinstance(option, Root):
                if name is None or name == "Values":
                    follower.use(value)
                else:
                    old = option.extra.get(name)
                    option.extra[name] = value if old is None else union((old, value))
            else:
                follower.use(value)
                if isinstance(option, Path):
                    follower.reads.written.add((*option.parts, name or ANY))
    return target


def _include(follower: "Follower", values: Values, _: Expr) -> Value:
    if _is_file(values[0]):
        return OPAQUE
    return follower.include(values[0], values[1] if len(values) > 1 else OPAQUE)


def _is_file(name: Value) -> bool:
    """Whether a template's own path is meant, as for a checksum: it is followed anyway."""
    return isinstance(name, Form) and name.pattern.endswith((r"\.yaml", r"\.yml", r"\.tpl", r"\.txt"))


def _tpl(follower: "Follower", values: Values, call: Expr) -> Value:
    context = values[1] if len(values) > 1 else OPAQUE
    follower.tpl(values[0], context)
    return OPAQUE


def _printf(follower: "Follower", values: Values, _: Expr) -> Value:
    for value in values:
        follower.use(value)
    first = values[0]
    if not isinstance(first, Const) or not isinstance(first.value, str):
        return OPAQUE
    if "%" not in first.value:
        return first
    if first.value in ("%s", "%v") and len(values) == 2:
        return values[1] if all(isinstance(option, Const) for option in options(values[1])) else OPAQUE
    args = iter(values[1:])
    parts = re.split(r"%[-+# 0-9.]*[a-zA-Z]", first.value)
    pattern = re.escape(parts[0])
    text: str | None = parts[0]
    for part in parts[1:]:
        arg = next(args, OPAQUE)
        known = isinstance(arg, Const)
        pattern += (re.escape(str(arg.value)) if isinstance(arg, Const) else ".*") + re.escape(part)
        text = f"{text}{arg.value}{part}" if known and text is not None and isinstance(arg, Const) else None
    return Const(text) if text is not None else Form(pattern)


def _print(follower: "Follower", values: Values, _: Expr) -> Value:
    for value in values:
        follower.use(value)
    if all(isinstance(value, Const) for value in values):
        return Const("".join(str(value.value) for value in values if isinstance(value, Const)))
    return Form("".join(re.escape(str(value.value)) if isinstance(value, Const) else ".*" for value in values))


_HANDLERS: dict[str, Handler] = {
    "not": _test("not"),
    "empty": _test("not"),
    "eq": _compare("eq"),
    "ne": _compare("ne"),
    "default": _default,
    "coalesce": _coalesce,
    "ternary": _ternary,
    "required": _last,
    "deepCopy": _last,
    "mustDeepCopy": _last,
    "kindIs": _kind_is,
    "kindOf": _look,
    "typeIs": _look,
    "typeOf": _look,
    "typeIsLike": _look,
    "len": _keys,
    "keys": _keys,
    "dict": _dict,
    "list": _list,
    "tuple": _list,
    "values": _members,
    "concat": _members,
    "append": _members,
    "mustAppend": _members,
    "prepend": _members,
    "mustPrepend": _members,
    "uniq": _members,
    "mustUniq": _members,
    "compact": _members,
    "mustCompact": _members,
    "reverse": _members,
    "mustReverse": _members,
    "rest": _members,
    "mustRest": _members,
    "initial": _members,
    "mustInitial": _members,
    "slice": _members,
    "first": _member,
    "mustFirst": _member,
    "last": _member,
    "mustLast": _member,
    "splitList": _split,
    "index": _index,
    "get": _get,
    "hasKey": _has_key,
    "dig": _dig,
    "pluck": _pluck,
    "pick": _pick,
    "omit": lambda follower, values, call: values[0],
    "unset": lambda follower, values, call: values[0],
    "merge": _merge,
    "mustMerge": _merge,
    "mergeOverwrite": _merge,
    "mustMergeOverwrite": _merge,
    "set": _set,
    "include": _include,
    "tpl": _tpl,
    "printf": _printf,
    "print": _print,
}
