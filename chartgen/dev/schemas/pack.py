"""Schemas -> a data file: one definition a line, what is repeated only once, compressed so that equal input gives
equal bytes.

Format: gzip of UTF-8 lines. The first is the header (a JSON object; ``kinds`` maps apiVersion -> kind -> entry, whose
``at`` is the number of the line that holds the kind's schema); each other line is one schema node in JSON, which
refers to others by line: ``{"$ref": 12}``. ``chartgen.kube.library`` reads it.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from typing import Any

Node = dict[str, Any]

_SHARED = 120
"""A part that is repeated gets a line of its own when its JSON is at least as long."""


def dump(value: Any) -> str:
    """JSON without blanks, keys in the order they have."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def compressed(header: Node, lines: list[str]) -> bytes:
    """The bytes of a data file."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)  # gzip without a name and a time
    return packer.compress("\n".join([dump(header), *lines]).encode()) + packer.flush()


class Lines:
    """Collects schemas as lines; a part that occurs again becomes a reference to one line."""

    def __init__(self, schemas: list[Node]) -> None:
        self._count: Counter[str] = Counter()
        self._at: dict[str, int] = {}
        self.lines: list[str] = []
        for schema in schemas:
            self._note(schema)

    def _note(self, node: Any) -> None:
        if isinstance(node, dict):
            text = dump(node)
            if len(text) >= _SHARED:
                self._count[text] += 1
                if self._count[text] > 1:
                    return
            for value in node.values():
                self._note(value)
        elif isinstance(node, list):
            for value in node:
                self._note(value)

    def add(self, schema: Node) -> int:
        """The line of a schema."""
        return self._line(schema, dump(schema))

    def add_named(self, definitions: dict[str, Node]) -> dict[str, int]:
        """The lines of definitions that refer to each other by name, in circles too."""
        first = len(self.lines) + 1
        at = {name: first + index for index, name in enumerate(definitions)}
        self.lines += [dump(numbered(node, at)) for node in definitions.values()]
        return at

    def _line(self, node: Node, text: str) -> int:
        if text not in self._at:
            line = dump({key: self._child(key, value) for key, value in node.items()})
            self.lines.append(line)
            self._at[text] = len(self.lines)
        return self._at[text]

    def _child(self, key: str, value: Any) -> Any:
        """What stands below a keyword: only schemas are shared, never enums or mappings of names to schemas."""
        if key in ("properties", "patternProperties"):
            return {name: self._node(node) for name, node in value.items()}
        if key in ("items", "additionalProperties", "not"):
            return self._node(value)
        if key in ("allOf", "anyOf", "oneOf"):
            return [self._node(node) for node in value]
        return value

    def _node(self, node: Any) -> Any:
        if not isinstance(node, dict):
            return node
        text = dump(node)
        if self._count[text] > 1:
            return {"$ref": self._line(node, text)}
        return {key: self._child(key, value) for key, value in node.items()}


def numbered(node: Any, line: dict[str, int]) -> Any:
    """A schema whose references by name are line numbers."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            return {"$ref": line[node["$ref"]]}
        return {key: numbered(value, line) for key, value in node.items()}
    return [numbered(value, line) for value in node] if isinstance(node, list) else node
