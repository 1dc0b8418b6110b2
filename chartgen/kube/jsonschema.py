"""JSON Schema files, as kubeconform reads them -> schemas. Unlike a CustomResourceDefinition's, they are closed only
where they say so, and refer to each other.
"""

import json
from collections.abc import Callable
from typing import Any

from chartgen.kube.crds import OPEN, cleaned
from chartgen.kube.schemas import Node, Schema


class JsonSchemaFile:
    """One file; ``reader`` gives the bytes of a file that is referred to, or None."""

    def __init__(self, path: str, reader: Callable[[str], bytes | None]) -> None:
        self._path = path
        self._reader = reader
        self._documents: dict[str, Any] = {}
        self._nodes: dict[tuple[str, str], Node] = {}

    def schema(self) -> Schema | None:
        """The schema of the whole file, or None when it is no JSON object."""
        document = self._document(self._path)
        if not isinstance(document, dict):
            return None
        node = self._node(document, self._path)
        return Schema(node, self.resolve, is_custom=True, source=self._path, is_own=True)

    def resolve(self, reference: tuple[str, str]) -> Node:
        """The node behind a reference, a path and a place in it; one that leads in a circle allows everything."""
        passed = [reference]
        node = self._behind(reference)
        while (further := node.get("$ref")) is not None:
            if further in passed:
                return OPEN
            passed.append(further)
            node = self._behind(further)
        return node

    def _behind(self, reference: tuple[str, str]) -> Node:
        if reference not in self._nodes:
            path, place = reference
            value = self._document(path)
            for part in place.strip("/").split("/") if place.strip("/") else ():
                value = value.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(value, dict) else None
            self._nodes[reference] = self._node(value, path)
        return self._nodes[reference]

    def _document(self, path: str) -> Any:
        if path not in self._documents:
            content = self._reader(path)
            try:
                self._documents[path] = None if content is None else json.loads(content)
            except (ValueError, RecursionError):
                self._documents[path] = None
        return self._documents[path]

    def _node(self, given: Any, path: str, depth: int = 0) -> Node:
        """A JSON Schema in the words of a CustomResourceDefinition's."""
        if not isinstance(given, dict) or depth > 100:
            return OPEN
        if isinstance(given.get("$ref"), str):
            file, _, place = given["$ref"].partition("#")
            name = file.rsplit("/", 1)[-1]
            return {"$ref": (path.rpartition("/")[0] + "/" + name if name and "/" in path else name or path, place)}
        types = given.get("type")
        names = [types] if isinstance(types, str) else types if isinstance(types, list) else []
        node = dict(cleaned({key: value for key, value in given.items() if key not in _NESTED}))
        kinds = [one for one in names if one != "null"]
        node.pop("type", None)
        if "null" in names or not kinds:
            node["nullable"] = True
        if len(kinds) == 1 and kinds[0] in ("object", "array", "string", "integer", "number", "boolean"):
            node["type"] = kinds[0]
        elif sorted(kinds) == ["integer", "string"]:
            node["x-kubernetes-int-or-string"] = True
        if isinstance(given.get("properties"), dict):
            node["properties"] = {key: self._node(one, path, depth + 1) for key, one in given["properties"].items()}
        extra = given.get("additionalProperties")
        if isinstance(extra, dict):
            node["additionalProperties"] = self._node(extra, path, depth + 1)
        elif extra is not False:
            node["x-kubernetes-preserve-unknown-fields"] = True
        for key in ("items", "not"):
            if isinstance(given.get(key), dict):
                node[key] = self._node(given[key], path, depth + 1)
        for key in ("allOf", "anyOf", "oneOf"):
            if isinstance(given.get(key), list) and not node.get("x-kubernetes-int-or-string"):
                # Published schemas say oneOf where texts and numbers are meant, and null fits both.
                name = "anyOf" if key == "oneOf" else key
                node[name] = [self._node(one, path, depth + 1) for one in given[key]]
        return node


_NESTED = ("properties", "additionalProperties", "items", "not", "allOf", "anyOf", "oneOf")
