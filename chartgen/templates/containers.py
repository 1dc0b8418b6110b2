"""What the functions do that make, change and take apart maps and lists."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from chartgen.templates.abstract import ANY, OPAQUE, Const, Dict, Items, Path, Root, Test, Value, options, union
from chartgen.templates.syntax import Expr

if TYPE_CHECKING:
    from chartgen.templates.expressions import Evaluator

Values = Sequence[Value]
Handler = Callable[["Evaluator", Values, Expr], Value]


def _dict(follower: "Evaluator", values: Values, _: Expr) -> Value:
    made = Dict()
    for key, value in zip(values[0::2], [*values[1::2], OPAQUE], strict=False):
        keys = [str(one.value) if isinstance(one, Const) else None for one in options(key)] or [None]
        for one in keys:
            made.put(one, value)
    return made


def _list(follower: "Evaluator", values: Values, _: Expr) -> Value:
    return Items(tuple(values))


def _members(follower: "Evaluator", values: Values, _: Expr) -> Value:
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


def _member(follower: "Evaluator", values: Values, _: Expr) -> Value:
    """Gives something that is in its argument: ``first``, ``last``."""
    return follower.items(values[0])


def _keys(follower: "Evaluator", values: Values, _: Expr) -> Value:
    for value in values:
        follower.items(value)
    return OPAQUE


def _at(follower: "Evaluator", value: Value, keys: Value, call: Expr, *, safe: bool) -> Value:
    """What stands under a key, or under one of several; under any key when it is not known."""
    found: list[Value] = []
    keyed = [one for one in options(keys) if not isinstance(one, Const) or one.value != ""]  # nothing is called ""
    if not keyed:
        return OPAQUE
    names = [str(one.value) for one in keyed if isinstance(one, Const) and not isinstance(one.value, int)]
    known = bool(names) and len(names) == len(keyed)
    if isinstance(value, Path) and not safe:  # of several, another may be there instead
        follower.lean_on(value.parts, (*value.parts, *(names[:1] or (ANY,))), call)
    for name in names if known else ():
        found.append(follower.field(value, name))
    if not known:
        follower.use(keys)
        found.append(follower.items(value))
    result = union(tuple(found))
    follower.look_at(result, call)
    return result


def _split(follower: "Evaluator", values: Values, _: Expr) -> Value:
    """``splitList "." "a.b"``: how a path in the values is walked that is given as a text."""
    follower.use(values[-1])
    separator = values[0]
    texts = options(values[-1])
    if not isinstance(separator, Const) or not separator.value or not all(isinstance(text, Const) for text in texts):
        return OPAQUE
    parts = [str(text.value).split(str(separator.value)) for text in texts if isinstance(text, Const)]
    return union(tuple(Items(tuple(map(Const, words))) for words in parts))


def _index(follower: "Evaluator", values: Values, call: Expr) -> Value:
    value = values[0]
    for key in values[1:]:
        value = _at(follower, value, key, call, safe=False)
    return value


def _get(follower: "Evaluator", values: Values, call: Expr) -> Value:
    return _at(follower, values[0], values[1], call, safe=False) if len(values) > 1 else OPAQUE


def _has_key(follower: "Evaluator", values: Values, call: Expr) -> Value:
    found = _get(follower, values, call)
    follower.default(found)
    return Test("has_key", (found,))


def _dig(follower: "Evaluator", values: Values, call: Expr) -> Value:
    *keys, default, value = values if len(values) > 1 else (OPAQUE, *values)
    for key in keys:
        value = _at(follower, value, key, call, safe=True)
        follower.default(value)
    return Test("default", (default, value))


def _pluck(follower: "Evaluator", values: Values, call: Expr) -> Value:
    found = tuple(_at(follower, value, values[0], call, safe=True) for value in values[1:])
    for value in found:
        follower.default(value)
    return Items(found)


def _pick(follower: "Evaluator", values: Values, call: Expr) -> Value:
    made = Dict()
    for key in values[1:]:
        found = _at(follower, values[0], key, call, safe=True)
        follower.default(found)
        made.put(str(key.value) if isinstance(key, Const) else None, found)
    return made


def _merge(follower: "Evaluator", values: Values, _: Expr) -> Value:
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
        target.merged = (*target.merged, source)
        return
    for key, value in source.entries.items():
        target.put(key, value)
    if source.rest is not None:
        target.put(None, source.rest)
    target.merged = (*target.merged, *source.merged)


def _set(follower: "Evaluator", values: Values, call: Expr) -> Value:
    if len(values) < 3:
        follower.use_all(values)
        return OPAQUE
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


CONTAINERS: dict[str, Handler] = {
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
}
"""The functions by name."""
