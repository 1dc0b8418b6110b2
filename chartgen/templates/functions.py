"""What the functions of Helm, sprig and Go do with values, as far as it decides which values are read.

A function that is not here uses all it is given and gives nothing that leads to a value.
Sources: https://helm.sh/docs/chart_template_guide/function_list and https://pkg.go.dev/text/template#hdr-Functions.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chartgen.templates.abstract import (
    OPAQUE,
    Const,
    Dict,
    Form,
    Items,
    Test,
    Value,
    options,
    union,
)
from chartgen.templates.containers import CONTAINERS, Handler, Values
from chartgen.templates.demands import DEMANDS, demand
from chartgen.templates.syntax import Expr

if TYPE_CHECKING:
    from chartgen.templates.expressions import Evaluator


def call_function(follower: "Evaluator", name: str, args: Sequence[Expr], piped: Value | None, call: Expr) -> Value:
    """What a function gives; what it does with its arguments is noted in the follower."""
    if name in ("and", "or"):
        return _short_circuit(follower, name, args, piped)
    values = [follower.value(arg) for arg in args]
    if piped is not None:
        values.append(piped)
    if name in DEMANDS:
        demand(follower, name, values)
    handler = _HANDLERS.get(name)
    if handler is not None and values:
        return handler(follower, values, call)
    if name == "dict":
        return Dict()
    if name in ("list", "tuple"):
        return Items(())
    follower.use_all(values)
    return OPAQUE


def _short_circuit(follower: "Evaluator", name: str, args: Sequence[Expr], piped: Value | None) -> Value:
    values = follower.in_turn(args, holds=name == "and")
    if piped is not None:
        values.append(piped)
    return Test(name, tuple(values))


def _test(op: str) -> Handler:
    return lambda follower, values, call: Test(op, tuple(values))


def _compare(op: str) -> Handler:
    def handler(follower: "Evaluator", values: Values, _: Expr) -> Value:
        follower.use_all(values)
        return Test(op, tuple(values))

    return handler


def _look(follower: "Evaluator", values: Values, _: Expr) -> Value:
    """Looks at what its arguments are, not at what is in them: ``kindOf``, ``typeIs``."""
    follower.note(follower.reads.inspected, values[-1])
    return OPAQUE


def _kind_is(follower: "Evaluator", values: Values, _: Expr) -> Value:
    follower.note(follower.reads.inspected, values[-1])
    if isinstance(values[0], Const) and values[0].value in ("map", "slice", "string"):
        return Test("filled", (values[-1],))
    return OPAQUE


def _last(follower: "Evaluator", values: Values, _: Expr) -> Value:
    """Gives its last argument: ``deepCopy``, ``fail``'s opposite."""
    follower.use_all(values[:-1])
    return values[-1]


def _required(follower: "Evaluator", values: Values, call: Expr) -> Value:
    follower.note(follower.reads.required, values[-1])
    return _last(follower, values, call)


def _default(follower: "Evaluator", values: Values, _: Expr) -> Value:
    for value in values:
        follower.default(value)
    return Test("default", tuple(values))


def _coalesce(follower: "Evaluator", values: Values, _: Expr) -> Value:
    for value in values:
        follower.default(value)
    return union(tuple(values))


def _ternary(follower: "Evaluator", values: Values, _: Expr) -> Value:
    return union(tuple(values[:2]))


def _include(follower: "Evaluator", values: Values, call: Expr) -> Value:
    if _is_file(values[0]):
        return OPAQUE
    follower.call = (call.start, call.end)
    return follower.include(values[0], values[1] if len(values) > 1 else OPAQUE)


def _is_file(name: Value) -> bool:
    """Whether a template's own path is meant, as for a checksum: it is followed anyway."""
    return isinstance(name, Form) and name.pattern.endswith((r"\.yaml", r"\.yml", r"\.tpl", r"\.txt"))


def _tpl(follower: "Evaluator", values: Values, call: Expr) -> Value:
    context = values[1] if len(values) > 1 else OPAQUE
    follower.tpl(values[0], context)
    follower.note(follower.reads.templated, values[0])
    for inner in _turned_into_text(call.args[1]) if len(call.args) > 1 else ():
        follower.note(follower.reads.templated, follower.value(inner))
    return OPAQUE


def _turned_into_text(expr: Expr) -> Iterator[Expr]:
    """What is made a text of: ``.Values.a`` in ``(toYaml .Values.a)`` and in ``(.Values.a | toYaml)``."""
    if expr.kind == "pipe" and expr.args:
        calls = [call.args[0].value if call.args[0].kind == "function" else "" for call in expr.args]
        if all(name in _TO_TEXT for name in calls[1:]) and calls[0] in ("", *_TO_TEXT):
            yield from expr.args[0].args[1:] if calls[0] else expr.args[0].args


_TO_TEXT = frozenset(("toYaml", "toYamlPretty", "toJson", "toString", "quote", "squote", "trim"))


def _printf(follower: "Evaluator", values: Values, _: Expr) -> Value:
    follower.use_all(values)
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


def _print(follower: "Evaluator", values: Values, _: Expr) -> Value:
    follower.use_all(values)
    if all(isinstance(value, Const) for value in values):
        return Const("".join(str(value.value) for value in values if isinstance(value, Const)))
    return Form("".join(re.escape(str(value.value)) if isinstance(value, Const) else ".*" for value in values))


_HANDLERS: dict[str, Handler] = {
    **CONTAINERS,
    "not": _test("not"),
    "empty": _test("not"),
    "eq": _compare("eq"),
    "ne": _compare("ne"),
    "default": _default,
    "coalesce": _coalesce,
    "ternary": _ternary,
    "required": _required,
    "deepCopy": _last,
    "mustDeepCopy": _last,
    "kindIs": _kind_is,
    "kindOf": _look,
    "typeIs": _look,
    "typeOf": _look,
    "typeIsLike": _look,
    "include": _include,
    "tpl": _tpl,
    "printf": _printf,
    "print": _print,
}
