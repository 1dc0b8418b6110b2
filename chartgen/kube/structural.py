"""What the API server does to a custom resource before anyone sees it: unknown fields go, defaults come.

Source: ``pkg/apiserver/schema/{pruning,defaulting}`` of k8s.io/apiextensions-apiserver.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from chartgen.kube.access import get, items, mapping, text

_ALWAYS = ("apiVersion", "kind", "metadata")


def schema_of(definition: Mapping[str, Any], version: str) -> Mapping[str, Any] | None:
    """The structural schema a CustomResourceDefinition has for a version, or None when it has none.

    A definition that keeps unknown fields (``preserveUnknownFields``) has no structural schema.
    """
    if get(definition, "spec", "preserveUnknownFields") is True:
        return None
    for one in items(definition, "spec", "versions"):
        if text(one, "name") == version:
            return mapping(one, "schema", "openAPIV3Schema") or None
    return None


def settle(body: dict[str, Any], schema: Mapping[str, Any]) -> None:
    """Prune and default a custom resource in place."""
    _settle(body, schema, root=True)


def _settle(value: Any, schema: Mapping[str, Any], *, root: bool = False) -> None:
    if isinstance(value, dict):
        _object(value, schema, root=root or schema.get("x-kubernetes-embedded-resource") is True)
    elif isinstance(value, list):
        for item in value:
            _settle(item, mapping(schema, "items"))


def _object(body: dict[str, Any], schema: Mapping[str, Any], *, root: bool) -> None:
    known, others = mapping(schema, "properties"), schema.get("additionalProperties")
    for key in list(body):
        if root and key in _ALWAYS:
            continue
        if key not in known and not others and schema.get("x-kubernetes-preserve-unknown-fields") is not True:
            del body[key]
    for key, inner in known.items():
        if not isinstance(inner, dict) or (root and key in _ALWAYS):
            continue
        # A null where none may be is taken for nothing, if something else is to stand there.
        nothing = key not in body or (body[key] is None and inner.get("nullable") is not True)
        if nothing and inner.get("default") is not None:
            body[key] = copy.deepcopy(inner["default"])
        if key in body:
            _settle(body[key], inner)
    if isinstance(others, dict):
        for key in body.keys() - known.keys():
            _settle(body[key], others)
