"""What stands around a call in a template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chartgen.templates.syntax import Expr, Node, Template


def around(template: Template, part: Expr) -> Iterator[Node]:
    """The blocks that a part of a template stands in, the outermost first."""
    nodes = template.nodes
    while True:
        node = next(
            (one for one in nodes if one.start <= part.start < one.end and one.kind not in ("text", "action")), None
        )
        if node is None:
            return
        yield node
        nodes = (*node.body, *node.other)


def piped(template: Template, call: Expr) -> str:
    """The whole action that a call stands in, as text."""
    start = template.text.rfind("{{", 0, call.start)
    end = template.text.find("}}", call.end)
    return template.text[start:end]
