"""Which item of a list an expression fails for.

``object.spec.containers.all(c, c.image != '')`` is false when it is false for any container. The same expression over
a list of one item, ``[object.spec.containers[item_]].all(...)``, tells for which.
"""

from __future__ import annotations

from typing import NamedTuple

from chartgen.kube.cel.tokens import Tokens

ITEM = "item_"
"""The variable that counts the items."""


class Focus(NamedTuple):
    """An expression about one item. ``items`` is the list, ``variable`` and ``body`` are those of ``all``."""

    expression: str
    items: str
    variable: str
    body: str


def focus(expression: str) -> Focus | None:
    """The expression for one item of the one list it goes through with ``all``; None when there is no such list."""
    tokens = Tokens(expression)
    found = [
        index
        for index, token in enumerate(tokens.tokens)
        if token == "all" and tokens.at(index - 1) == "." and tokens.is_call(index)
    ]
    outer = [index for index in found if not any(one < index < tokens.closing[one + 1] for one in found)]
    if len(outer) != 1:
        return None
    index = outer[0]
    arguments = tokens.arguments(index + 1)
    start = tokens.field_start(index - 1)
    if len(arguments) != 2 or start is None:
        return None
    items = tokens.between(start, index - 1)
    texts = list(tokens.tokens)
    texts[start] = f"[({texts[start]}"
    texts[index - 2] += f")[{ITEM}]]"
    return Focus(tokens.joined(texts), items, tokens.tokens[arguments[0][0]], tokens.between(*arguments[1]))
