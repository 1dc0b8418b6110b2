"""The schemas of Kubernetes' own kinds, of all versions in one: from the package ``kubernetes-validate``.

Its strict schemas are the OpenAPI documents of the ``.0`` releases of Kubernetes, 1.6 MB a version. Descriptions are
dropped and the versions laid over each other: a property that some versions lack, or that differs between them, carries
the versions it is meant for, so that one walk judges an object for all of them. Versions are bits: ``1 << 34`` is 1.34.

- ``{"in": [[versions, node], ...]}``: another schema in other versions.
- ``{"requiredIn": [[versions, field], ...]}``: fields that only some versions require.
- ``nullable``: null is allowed.
- ``properties`` without ``additionalProperties``: nothing else is allowed.
- ``format: quantity``, ``x-kubernetes-int-or-string``: the two types that are texts or numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chartgen.dev.schemas.pack import Node, compressed, dump, numbered
from chartgen.errors import CannotDo

_INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString"
_QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity"
_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
_OPTIONS = re.compile(r"\.(?:DeleteOptions|WatchEvent|Status|APIGroup|APIGroupList|APIResourceList|APIVersions)$")
"""Types that have an apiVersion and a kind and are no objects that anyone stores."""


def kubernetes() -> bytes:
    """The data file of Kubernetes' own kinds. Raises CannotDo where the package is not installed."""
    spec = find_spec("kubernetes_validate")
    if spec is None or spec.origin is None:
        raise CannotDo("kubernetes-validate is not installed", hint="pip install -e '.[dev]'")
    folder = Path(spec.origin).parent / "kubernetes-json-schema"
    versions = sorted(int(path.name.split(".")[1]) for path in folder.glob("v1.*.0-local-strict"))
    schemas = {minor: _definitions(folder / f"v1.{minor}.0-local-strict") for minor in versions}
    raw = {name: kinds for minor in versions for name, kinds in schemas[minor][1].items()}
    wanted = _reachable(raw, [definitions for definitions, _ in schemas.values()])
    line = {name: number for number, name in enumerate(wanted, 1)}
    merged = {
        name: _merge([(1 << minor, schemas[minor][0][name]) for minor in versions if name in schemas[minor][0]])
        for name in wanted
    }
    kinds: dict[str, dict[str, Node]] = {}
    for name in wanted:
        for api_version, kind in raw.get(name, ()):
            mask = sum(1 << minor for minor in versions if (api_version, kind) in schemas[minor][1].get(name, ()))
            known = kinds.setdefault(api_version, {}).get(kind)
            assert known is None, f"{api_version} {kind} is defined twice"
            kinds[api_version][kind] = {"at": line[name], "in": mask}
    header = {
        "format": 1,
        "source": f"OpenAPI documents of Kubernetes, from kubernetes-validate {package_version('kubernetes-validate')}",
        "licence": "Apache-2.0",
        "versions": versions,
        "metadata": line[_META],
        "kinds": {key: dict(sorted(value.items())) for key, value in sorted(kinds.items())},
    }
    return compressed(header, [dump(numbered(merged[name], line)) for name in wanted])


def _definitions(folder: Path) -> tuple[dict[str, Node], dict[str, list[tuple[str, str]]]]:
    """The definitions of a version, stripped, and which kinds they are the schemas of."""
    data = json.loads((folder / "_definitions.json").read_text())["$defs"]
    kinds: dict[str, list[tuple[str, str]]] = {}
    for name, definition in data.items():
        versions = definition.get("x-kubernetes-group-version-kind", ())
        if len(versions) == 1 and "metadata" in definition.get("properties", {}) and not _OPTIONS.search(name):
            group, version, kind = (versions[0][key] for key in ("group", "version", "kind"))
            if not kind.endswith("List") or "items" not in definition["properties"]:
                kinds[name] = [(f"{group}/{version}".lstrip("/"), kind)]
    return {name: _stripped(definition, name) for name, definition in data.items()}, kinds


def _stripped(schema: Any, name: str = "") -> Node:
    """A schema with what decides, in the words of a CRD's schema."""
    if name == _INT_OR_STRING:
        return {"x-kubernetes-int-or-string": True, "nullable": True}
    if name == _QUANTITY:
        return {"format": "quantity", "nullable": True}
    node: Node = {}
    if "$ref" in schema:
        return {"$ref": schema["$ref"].rpartition("/")[2]}
    types = schema.get("type")
    if types:
        names = [types] if isinstance(types, str) else types
        (node["type"],) = [one for one in names if one != "null"]
        if "null" in names:
            node["nullable"] = True
    if schema.get("format") in ("int32", "int64", "date-time", "byte"):
        node["format"] = schema["format"]
    if "enum" in schema:
        node["enum"] = [value for value in schema["enum"] if value is not None]
    if "properties" in schema:
        assert schema.get("additionalProperties") is False, "a strict schema is closed where it has properties"
        node["properties"] = {key: _stripped(value) for key, value in sorted(schema["properties"].items())}
    elif isinstance(schema.get("additionalProperties"), dict):
        node["additionalProperties"] = _stripped(schema["additionalProperties"])
    if "items" in schema:
        node["items"] = _stripped(schema["items"])
    if schema.get("required"):
        node["required"] = sorted(schema["required"])
    return node


def _merge(variants: list[tuple[int, Node]]) -> Node:
    """One schema for several versions: variants that differ in their fields only are laid over each other."""
    grouped: dict[str, list[tuple[int, Node]]] = {}
    for mask, node in variants:
        frame = {key: value for key, value in node.items() if key not in ("properties", "required")}
        grouped.setdefault(dump({**frame, "object": "properties" in node}), []).append((mask, node))
    merged = [(sum(mask for mask, _ in group), _merge_fields(group)) for group in grouped.values()]
    return merged[0][1] if len(merged) == 1 else {"in": [[mask, node] for mask, node in merged]}


def _merge_fields(group: list[tuple[int, Node]]) -> Node:
    everywhere = sum(mask for mask, _ in group)
    node = {key: value for key, value in group[0][1].items() if key not in ("properties", "required")}
    if "properties" in group[0][1]:
        node["properties"] = {}
        for key in sorted({key for _, one in group for key in one["properties"]}):
            texts: dict[str, list[Any]] = {}
            for mask, one in group:
                if key in one["properties"]:
                    known = texts.setdefault(dump(one["properties"][key]), [0, one["properties"][key]])
                    known[0] += mask
            found = list(texts.values())
            is_plain = len(found) == 1 and found[0][0] == everywhere
            node["properties"][key] = found[0][1] if is_plain else {"in": found}
    required = {
        key: sum(mask for mask, one in group if key in one.get("required", ()))
        for key in sorted({key for _, one in group for key in one.get("required", ())})
    }
    if always := [key for key, mask in required.items() if mask == everywhere]:
        node["required"] = always
    if sometimes := [[mask, key] for key, mask in required.items() if mask != everywhere]:
        node["requiredIn"] = sometimes
    return node


def _reachable(kinds: Iterable[str], versions: list[dict[str, Node]]) -> list[str]:
    """The definitions that some kind needs in some version, sorted."""
    references: dict[str, set[str]] = {}
    for definitions in versions:
        for name, node in definitions.items():
            references.setdefault(name, set()).update(re.findall(r'"\$ref":"([^"]+)"', dump(node)))
    found: set[str] = set()
    waiting = [*kinds, _META]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += references[name]
    return sorted(found)
