"""Turns Kubernetes' CEL into the same thing in the words of the library.

A few forms the library lacks, or evaluates wrongly, can be said otherwise. Only tokens are exchanged; everything else
of an expression stays as it is.

============================  ============================================================
``x.validate(y)``             ``x.validate(y).?errors``: a function of ours cannot give an optional
``format.named(x)``           ``format.named(x).?format``
``x.indexOf(y)``              ``x.indexOf_(y)``: one function for strings and lists
``x.transformMap(k, v, e)``   ``x.transformList(k, v, {k: e}).merged_()``
``x.transformMapEntry(..)``   ``x.transformList(..).merged_()``
``x.exists_one(k, v, p)``     ``x.existsOne(k, v, p)``, and the other way round with one variable
``x.unwrapOpt()``             a filter and a map; ``optional.unwrap(x)`` likewise
``has(variables.x)``          ``true``: a variable that is declared is there
``x.y.orValue(z)``            ``x.y``: to cel-go what is no optional is its own value
``x.map(k, e)``               ``x.ordered_().map(k, e)`` where the order of a map's keys would be seen
============================  ============================================================
"""

from collections.abc import Mapping

from chartgen.kube.cel.tokens import Tokens
from chartgen.tuples import NamedTuple

_UNWRAP = ".filter(o_, o_.hasValue()).map(o_, o_.value())"


class Rewritten(NamedTuple):
    """An expression for the library, the variables (``variables.x``) it uses, and the other names that begin in it."""

    text: str
    variables: tuple[str, ...]
    names: frozenset[str]


def rewrite(expression: str, inlined: Mapping[str, Rewritten] | None = None, *, ordered: bool = False) -> Rewritten:
    """Rewrite an expression; a variable in ``inlined`` is replaced by its rewritten expression.

    ``ordered`` makes ``map`` and ``filter`` go through the keys of maps in order, which otherwise have none: two runs
    would tell the same thing in different words.
    """
    return _Rewriter(expression, inlined or {}, ordered).result()


class _Rewriter:
    """The tokens of one expression, and in ``texts`` what is written for each."""

    def __init__(self, expression: str, inlined: Mapping[str, Rewritten], ordered: bool) -> None:
        self.inlined = inlined
        self.ordered = ordered
        self.tokens = Tokens(expression)
        self.texts = list(self.tokens.tokens)
        self.dropped: list[tuple[int, int]] = []

    def result(self) -> Rewritten:
        tokens = self.tokens
        variables: dict[str, None] = {}
        names = set()
        for index, token in enumerate(tokens.tokens):
            if not tokens.names[index]:
                continue
            if tokens.at(index - 1) != ".":
                names.add(token)
                self._root(index, token, variables)
            if tokens.is_call(index):
                self._call(index, token, tokens.closing[index + 1])
        for start, end in self.dropped:
            self._put(start, end, "")
        return Rewritten(tokens.joined(self.texts), tuple(variables), frozenset(names))

    def _root(self, index: int, token: str, variables: dict[str, None]) -> None:
        """A name that is no field: ``variables`` is followed by one of ours."""
        if token != "variables" or self.tokens.at(index + 1) != "." or index + 2 >= len(self.texts):
            return
        name = self.tokens.at(index + 2)
        if self.tokens.at(index - 2) == "has" and self.tokens.at(index - 1) == "(" and self.tokens.at(index + 3) == ")":
            self._put(index - 2, index + 4, "true")
            return
        variables[name] = None
        if name in self.inlined:
            self._put(index, index + 3, f"({self.inlined[name].text})")
            variables.update(dict.fromkeys(self.inlined[name].variables))

    def _put(self, start: int, end: int, text: str) -> None:
        self.texts[start:end] = [text, *[""] * (end - start - 1)]

    def _call(self, index: int, token: str, close: int) -> None:
        if self.tokens.at(index - 1) != ".":
            return
        target = self.tokens.at(index - 2)
        if token == "validate":
            self.texts[close] += ".?errors"
        elif token == "named" and target == "format" and self.tokens.at(index - 3) != ".":
            self.texts[close] += ".?format"
        elif token in ("indexOf", "lastIndexOf"):
            self.texts[index] += "_"
        elif token in ("exists_one", "existsOne"):
            self.texts[index] = "existsOne" if len(self.tokens.arguments(index + 1)) == 3 else "exists_one"
        elif token in ("or", "orValue"):
            if self._is_field(index - 1):
                self.dropped.append((index - 1, close + 1))
        elif token in ("map", "filter") and self.ordered:
            self.texts[index - 1] = ".ordered_()."
        elif token in ("transformMap", "transformMapEntry"):
            self._transform(index, token, close)
        elif token == "unwrapOpt" and close == index + 2:
            self._put(index - 1, close + 1, _UNWRAP)
        elif token == "unwrap" and target == "optional":
            self._put(index - 2, index + 1, "")
            self.texts[close] += _UNWRAP

    def _is_field(self, end: int) -> bool:
        """Whether what ends before a dot is a name with fields and indexes, none of them optional."""
        start = self.tokens.field_start(end)
        if start is None:
            return False
        return not (self.tokens.at(start) == "variables" and self.tokens.at(start + 2) in self.inlined)

    def _transform(self, index: int, token: str, close: int) -> None:
        arguments = self.tokens.arguments(index + 1)
        self.texts[index] = "transformList"
        self.texts[close] += ".merged_()"
        if token == "transformMap" and len(arguments) in (3, 4):
            start, end = arguments[-1]
            self.texts[start] = f"{{{self.tokens.at(arguments[0][0])}: {self.texts[start]}"
            # What comes last may be a call, whose own ending is written later, inside.
            self.texts[close] = "}" + self.texts[close]
            assert end == close
