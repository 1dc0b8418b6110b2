"""Reads a chart's values.schema.json as far as two rules need it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.location import Pointer
from chartgen.rules.base import ChartContext

SCHEMA = "values.schema.json"

_OPEN = ("patternProperties", "anyOf", "oneOf", "allOf", "if", "then", "else", "unevaluatedProperties")


def schema(ctx: ChartContext) -> Mapping[str, Any]:
    """The schema as data; empty when there is none or it does not parse."""
    return ctx.data(SCHEMA)


def target(node: Any, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema with its local ``$ref`` followed; empty for what cannot be followed."""
    for _ in range(10):
        if not isinstance(node, dict):
            return {}
        ref = node.get("$ref")
        if ref is None:
            return node
        if not isinstance(ref, str) or not ref.startswith("#"):
            return {}
        node = root
        for part in Pointer.parse(ref[1:]).parts:
            node = node.get(part) if isinstance(node, dict) else None
    return {}


def is_plain(node: Mapping[str, Any]) -> bool:
    """Whether a schema's ``properties`` say everything about the keys of its object."""
    return isinstance(node.get("properties"), dict) and not any(key in node for key in _OPEN)


def describes(root: Mapping[str, Any], parts: tuple[str, ...]) -> bool:
    """Whether the schema says something about a place in the values, if only that anything may stand there."""
    node = target(root, root)
    for part in parts:
        properties = node.get("properties")
        if isinstance(properties, dict) and part in properties:
            node = target(properties[part], root)
        else:
            return isinstance(node.get("additionalProperties"), dict) or any(key in node for key in _OPEN)
    return bool(parts)
