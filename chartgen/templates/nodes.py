"""What parts of a template do, as can be seen of them: print, end the render, or tell that a setting is gone."""

import re
from collections.abc import Sequence

from chartgen.templates.syntax import Node

_GONE = r"(?i)\b(?:deprecat\w+|removed|no longer|renamed|replaced|obsolete)\b"
_LONG_NOTICE = 800
"""Characters; what is longer does more than to tell that a setting is gone."""


def prints(text: str, nodes: Sequence[Node]) -> int:
    """How many actions of a template print something; a great many if there is text."""
    count = 0
    for node in nodes:
        if node.kind == "action":
            count += node.pipe is not None and not node.pipe.names
        elif node.kind == "text":
            count += 99 * (not text[node.start : node.end].isspace())
        elif node.kind in ("template", "block"):
            count += 99
        else:
            count += prints(text, node.body) + prints(text, node.other)
    return count


def fails(node: Node) -> bool:
    """Whether a node ends the render: ``{{ fail "..." }}``."""
    return (
        node.kind == "action"
        and node.pipe is not None
        and any(call.args[0].kind == "function" and call.args[0].value == "fail" for call in node.pipe.args)
    )


def says_gone(text: str, file: str, node: Node) -> bool:
    """Whether a branch prints that a setting is none any more, to whoever still sets it."""
    name = file.rpartition("/")[2]
    if not node.body or not (name == "NOTES.txt" or name.startswith("_")):
        return False
    start, end = node.body[0].start, node.body[-1].end
    return end - start < _LONG_NOTICE and re.search(_GONE, text[start:end]) is not None
