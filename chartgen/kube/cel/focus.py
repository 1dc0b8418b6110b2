"""Which item of a list an expression fails for.

``object.spec.containers.all(c, c.image != '')`` is false when it is false for any container. The same expression over
another list, ``items_.all(c, c.image != '')``, tells for which: with one item after the other in it, and first with
none, since it may be false for a reason of its own.
"""

from collections.abc import Iterator

from chartgen.kube.cel.tokens import Tokens
from chartgen.tuples import NamedTuple

ITEMS = "items_"
"""The variable that takes the place of the list."""


class Focus(NamedTuple):
    """An expression about another list than ``items``. ``variable`` and ``body`` are those of ``all``."""

    expression: str
    items: str
    variable: str
    body: str


def focuses(expression: str) -> Iterator[Focus]:
    """The expression with another list in place of each one that it goes through with ``all``.

    Lists within the body of another ``all``, and those that are no plain field, are passed over.
    """
    tokens = Tokens(expression)
    found = [
        index
        for index, token in enumerate(tokens.tokens)
        if token == "all" and tokens.at(index - 1) == "." and tokens.is_call(index)
    ]
    for index in found:
        arguments = tokens.arguments(index + 1)
        start = tokens.field_start(index - 1)
        is_inner = any(one < index < tokens.closing[one + 1] for one in found)
        if is_inner or len(arguments) != 2 or start is None:
            continue
        texts = [*tokens.tokens[:start], ITEMS, *[""] * (index - 2 - start), *tokens.tokens[index - 1 :]]
        yield Focus(
            tokens.joined(texts),
            tokens.between(start, index - 1),
            tokens.at(arguments[0][0]),
            tokens.between(*arguments[1]),
        )
