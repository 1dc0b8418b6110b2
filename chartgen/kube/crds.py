"""CustomResourceDefinitions that a user brings -> schemas. Whatever nonsense stands in one, reading it never raises."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.kube.access import get, items, mapping, text
from chartgen.kube.schemas import Node, Schema

OPEN: Node = {"x-kubernetes-preserve-unknown-fields": True}


def definitions(crd: Any, source: str) -> Iterator[tuple[tuple[str, str], Schema]]:
    """The kinds a CustomResourceDefinition makes: ``(apiVersion, kind)`` and the schema, one for each version.

    ``source`` is the file it stands in.
    """
    if not isinstance(crd, dict) or crd.get("kind") != "CustomResourceDefinition":
        return
    group, kind = text(crd, "spec", "group"), text(crd, "spec", "names", "kind")
    everywhere = get(crd, "spec", "validation", "openAPIV3Schema")
    is_open = get(crd, "spec", "preserveUnknownFields") is True
    for version in items(crd, "spec", "versions"):
        name = text(version, "name")
        if group and kind and name:
            given = get(version, "schema", "openAPIV3Schema") or everywhere
            yield (
                (f"{group}/{name}", kind),
                Schema(
                    root(given, is_open=is_open),
                    nowhere,
                    is_custom=True,
                    source=source,
                    is_own=True,
                    served=get(version, "served") is not False,
                    deprecated=text(version, "deprecationWarning") if get(version, "deprecated") is True else None,
                ),
            )


def nowhere(_: Any) -> Node:
    """A CustomResourceDefinition's schema refers to nothing; what one refers to all the same allows everything."""
    return OPEN


def root(given: Any, *, is_open: bool = False) -> Node:
    """The schema of a whole object, without what the API server itself knows: apiVersion, kind and metadata."""
    node = dict(cleaned(given))
    if isinstance(node.get("properties"), dict):
        common = ("apiVersion", "kind", "metadata")
        node["properties"] = {key: value for key, value in node["properties"].items() if key not in common}
    if "required" in node:
        node["required"] = [key for key in node["required"] if key not in ("apiVersion", "kind")]
    if is_open or not node.get("properties"):
        node["x-kubernetes-preserve-unknown-fields"] = True
    return node


_NUMBERS = ("minimum", "maximum", "multipleOf")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_TEXTS = ("format", "pattern", "x-kubernetes-list-type")
_FLAGS = (
    "nullable",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "x-kubernetes-int-or-string",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-embedded-resource",
)
_TYPES = ("object", "array", "string", "integer", "number", "boolean")
_DEEPEST = 200


def cleaned(given: Any, depth: int = 0, known: dict[int, Node] | None = None) -> Node:
    """A schema with those keywords that are known and well-formed; what else stands in it is left out.

    ``known`` are parts that were seen before: an alias in YAML makes the same part stand in many places.
    """
    if not isinstance(given, dict) or depth > _DEEPEST:
        return OPEN
    known = {} if known is None else known
    if id(given) in known:
        return known[id(given)]
    node: dict[str, Any] = {}
    known[id(given)] = node
    if given.get("type") in _TYPES:
        node["type"] = given["type"]
    for key in _NUMBERS:
        if _is_number(given.get(key)):
            node[key] = given[key]
    node |= {key: given[key] for key in _COUNTS if isinstance(given.get(key), int)}
    node |= {key: given[key] for key in _TEXTS if isinstance(given.get(key), str)}
    node |= {key: True for key in _FLAGS if given.get(key) is True}
    if isinstance(given.get("enum"), list):
        node["enum"] = given["enum"]
    if "default" in given:
        node["default"] = given["default"]
    for key in ("required", "x-kubernetes-list-map-keys"):
        if isinstance(given.get(key), list):
            node[key] = [one for one in given[key] if isinstance(one, str)]
    if isinstance(given.get("properties"), dict):
        node["properties"] = {key: cleaned(value, depth + 1, known) for key, value in given["properties"].items()}
    for key in ("items", "additionalProperties", "not"):
        if isinstance(given.get(key), dict):
            node[key] = cleaned(given[key], depth + 1, known)
    if not node.get("x-kubernetes-int-or-string"):
        for key in ("allOf", "anyOf", "oneOf"):
            if isinstance(given.get(key), list):
                node[key] = [cleaned(one, depth + 1, known) for one in given[key]]
    rules = [
        {key: value for key, value in rule.items() if isinstance(key, str)}
        for rule in items(given, "x-kubernetes-validations")
        if text(rule, "rule")
    ]
    if rules:
        node["x-kubernetes-validations"] = rules
    return node


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def names(crd: Mapping[str, Any]) -> tuple[str, str]:
    """The API group and the kind that a CustomResourceDefinition is about."""
    return text(crd, "spec", "group"), text(mapping(crd, "spec", "names"), "kind")
