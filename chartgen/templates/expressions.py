"""What the expressions of a template may be: variables, fields, pipelines."""

from collections.abc import Mapping, Sequence
from typing import Any

from chartgen.templates.abstract import OPAQUE, Const, GaveUp, Parts, Path, Root, Value, options, union
from chartgen.templates.conditions import set_when
from chartgen.templates.functions import call_function
from chartgen.templates.notes import Notebook
from chartgen.templates.syntax import Expr

_MOST_STEPS = 400_000
"""Pipelines after which following gives up: the largest charts of bitnami take a twentieth."""


class Evaluator(Notebook):
    """Says what an expression may be where it stands, and notes what it reads.

    ``changes`` counts how often a template changed a map that it was handed.
    """

    def __init__(self, values: Mapping[str, Any], roots: Mapping[Parts, Root]) -> None:
        super().__init__(values, roots)
        self.changes = 0
        self._dot: Value = OPAQUE
        self._scopes: list[dict[str, Value]] = [{}]
        self._levels = [0]
        self._level = 0
        self._steps = 0

    def include(self, names: Value, context: Value) -> Value:
        """What the named templates print that ``include`` may mean."""
        raise NotImplementedError

    def tpl(self, text: Value, context: Value) -> None:
        """Follow a text that is rendered as a template."""
        raise NotImplementedError

    def _pipe(self, pipe: Expr, *, declares: bool = True) -> Value:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise GaveUp
        value: Value | None = None
        for call in pipe.args:
            value = self._call(call, value)
        assert value is not None
        if pipe.names and declares:
            for name in pipe.names:
                self._assign(name, value, declare=pipe.value == ":=")
        return value

    def _assign(self, name: str, value: Value, *, declare: bool) -> None:
        if declare:
            self._scopes[-1][name] = value
            return
        for scope, level in zip(reversed(self._scopes), reversed(self._levels), strict=True):
            if name in scope:
                # Set on the way that was taken when it was declared, it is what it is set to; in a branch, it may be.
                scope[name] = value if level == self._level else union((scope[name], value))
                return

    def _call(self, call: Expr, piped: Value | None) -> Value:
        first, *rest = call.args
        if first.kind == "function":
            given: Value = call_function(self, first.value, rest, piped, call)
            return given
        value = self.value(first)
        for arg in rest:  # a method of the context: .Capabilities.APIVersions.Has "x"
            self.use(self.value(arg))
        if piped is not None:
            self.use(piped)
        return value

    def value(self, expr: Expr) -> Value:
        """What an operand may be."""
        kind = expr.kind
        if kind == "field":
            return self._fields(self._dot, expr.names, expr)
        if kind == "variable":
            value = self._variable(expr.value)
            return self._fields(value, expr.names, expr) if expr.names else value
        if kind == "dot":
            return self._dot
        if kind in ("string", "bool"):
            return Const(expr.value)
        if kind == "number":
            return Const(_number(expr.value))
        if kind == "pipe":
            return self._pipe(expr)
        if kind == "chain":
            return self._fields(self._pipe(expr.args[0]), expr.names, expr)
        if kind == "function":
            given: Value = call_function(self, expr.value, (), None, expr)
            return given
        return OPAQUE

    def _variable(self, name: str) -> Value:
        for scope in reversed(self._scopes):
            if name in scope:
                found: Value = scope[name]
                return found
        return OPAQUE

    def _fields(self, value: Value, names: tuple[str, ...], expr: Expr) -> Value:
        """The fields of a value, one after the other."""
        for index, name in enumerate(names):
            last = index == len(names) - 1
            value = self.field(value, name)
            places = [option.parts for option in options(value) if isinstance(option, Path)]
            # Go lets a field of nothing pass where nothing came from a bracket or a variable.
            if not last and len(places) == 1:
                self.lean_on(places[0], places[0] + names[index + 1 :], expr)
        self.look_at(value, expr)
        return value

    def in_turn(self, args: Sequence[Expr], *, holds: bool) -> list[Value]:
        """The arguments of ``and`` (``holds``) or ``or``: each is looked at only if those before it hold, or do not."""
        before = self.known
        values = []
        for arg in args:
            value = self.value(arg)
            self.known |= set_when(value, holds)
            values.append(value)
        self.known = before
        return values


def _number(text: str) -> int | float | str:
    try:
        return int(text, 0)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text
