"""What a JSON Schema says at a place: its references followed, and the types it accepts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.kube.access import mapping
from chartgen.location import Pointer
from chartgen.templates.abstract import Parts

_TYPES = frozenset(("null", "boolean", "object", "array", "number", "string", "integer"))
ANNOTATIONS = frozenset(
    ("title", "description", "examples", "default", "$comment", "deprecated", "readOnly", "writeOnly", "$id", "id")
)
_NO_CONSTRAINTS = ANNOTATIONS | {"$schema", "$defs", "definitions"}
DEEPEST = 40


def types(schema: Mapping[str, Any]) -> frozenset[str]:
    """The types of value that a schema accepts; all of them when it does not say. A number may be an integer."""
    named = schema.get("type")
    if named is None:
        branches = plain_branches(schema)
        return frozenset().union(*map(types, branches)) if branches else _TYPES
    found = {named} if isinstance(named, str) else set(map(str, named)) if isinstance(named, list) else set(_TYPES)
    return frozenset(found | ({"integer"} if "number" in found else set()))


def plain_branches(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The branches of ``anyOf`` or ``oneOf`` when each names nothing but types."""
    for keyword in ("anyOf", "oneOf"):
        branches = schema.get(keyword)
        if isinstance(branches, list) and branches:
            plain = all(isinstance(one, dict) and one.keys() <= {"type", *ANNOTATIONS} for one in branches)
            return branches if plain else []
    return []


def resolved(schema: Any, at: Pointer, top: Mapping[str, Any]) -> tuple[Mapping[str, Any], Pointer]:
    """A schema as a mapping, with what its local ``$ref`` leads to; what stands beside that counts too."""
    for _ in range(DEEPEST):
        if not isinstance(schema, dict):
            return ({"not": {}} if schema is False else {}), at
        ref = schema.get("$ref")
        target = _target(ref, top) if isinstance(ref, str) else None
        if target is None:
            return schema, at
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        if beside.keys() <= _NO_CONSTRAINTS:
            at = Pointer.parse(str(ref)[1:])
        schema = {**target, **beside} if isinstance(target, dict) else target
    return {}, at


def _target(ref: str, top: Mapping[str, Any]) -> Any:
    if not ref.startswith("#"):
        return None
    found: Any = top
    try:
        parts = Pointer.parse(ref[1:]).parts
    except ValueError:
        return None
    for part in parts:
        if not isinstance(found, dict) or part not in found:
            return None
        found = found[part]
    return found


def accepts(schema: Mapping[str, Any] | None, place: Parts, wanted: str) -> bool | None:
    """Whether a schema accepts a type at a place in the values; None when it does not speak of that place."""
    here: Any = schema
    for part in place:
        found, _ = resolved(here, Pointer(), schema or {})
        here = mapping(found, "properties").get(part, found.get("additionalProperties"))
        if not isinstance(here, dict):
            return None
    found, _ = resolved(here, Pointer(), schema or {})
    known = "type" in found or bool(plain_branches(found))
    return wanted in types(found) if known else None
