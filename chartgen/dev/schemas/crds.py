"""The schemas of custom resources: CustomResourceDefinitions made from API types -> a data file for each API group."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chartgen.dev.schemas.argo import Models
from chartgen.dev.schemas.pack import Lines, Node, compressed
from chartgen.dev.schemas.sources import CONTROLLER_GEN, SOURCES, Source
from chartgen.errors import CannotDo
from chartgen.tuples import NamedTuple
from chartgen.yamlread import read

_KEPT = (
    "type",
    "nullable",
    "default",
    "format",
    "enum",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "required",
    "x-kubernetes-int-or-string",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-list-type",
    "x-kubernetes-list-map-keys",
)
_RULE = ("rule", "message", "messageExpression", "fieldPath", "optionalOldSelf")
OPEN: Node = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}


class Kind(NamedTuple):
    """One version of a custom resource and its stripped schema; ``flags`` are ``unserved`` and ``deprecated``."""

    api_version: str
    name: str
    schema: Node
    source: str
    flags: Node


def from_modules(work: Path) -> Iterator[Kind]:
    """Every kind of every source; what Go makes of each is kept below ``work`` and used again from there.

    Raises CannotDo when Go is missing or a module cannot be had.
    """
    for source in SOURCES:
        folder = work / "-".join((source.module + "/" + source.packages[0]).split("/"))
        if not list(folder.glob("out/*.yaml")):
            _generate(source, folder)
        for path in sorted(folder.glob("out/*.yaml")):
            yield from _kinds(read(path.read_text(encoding="utf-8")).data, source)


def _generate(source: Source, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "go.mod").write_text("module crds\n\ngo 1.26\n")
    paths = [f"paths={source.module}/{package}" for package in source.packages]
    options = "crd:allowDangerousTypes=true,maxDescLen=0,ignoreUnexportedFields=true"
    environment = {**os.environ, "GOFLAGS": "-mod=mod", "GOWORK": "off"}
    for command in (
        ["go", "get", f"{source.module}@{source.version}"],
        ["go", "run", CONTROLLER_GEN, options, *paths, "output:crd:dir=out"],
    ):
        try:
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise CannotDo("Go is not installed", hint="see https://go.dev/doc/install") from None
    # A type that is no resource of its own may fail; those that are wanted must be there.
    if not list(folder.glob("out/*.yaml")):
        raise CannotDo(f"no CustomResourceDefinitions from {source.module}", hint=done.stderr.strip()[-500:])


def _kinds(crd: Any, source: Source) -> Iterator[Kind]:
    spec = crd["spec"]
    kind = spec["names"]["kind"]
    if source.kinds and kind not in source.kinds:
        return
    for version in spec["versions"]:
        schema = stripped(version["schema"]["openAPIV3Schema"])
        properties = schema.setdefault("properties", {})
        for key in ("apiVersion", "kind", "metadata"):
            properties.pop(key, None)
        if "status" in properties:
            properties["status"] = OPEN
        flags: Node = {} if version["served"] else {"unserved": True}
        if version.get("deprecated"):
            flags["deprecated"] = version.get("deprecationWarning", "")
        yield Kind(f"{spec['group']}/{version['name']}", kind, schema, f"{source.name} {source.version}", flags)


def stripped(schema: Any) -> Node:
    """A CRD's schema with what decides."""
    node = {key: schema[key] for key in _KEPT if key in schema}
    if node.get("x-kubernetes-int-or-string"):
        schema = {key: value for key, value in schema.items() if key != "anyOf"}
    if schema.get("properties"):
        node["properties"] = {key: stripped(value) for key, value in sorted(schema["properties"].items())}
    for key in ("items", "additionalProperties", "not"):
        if isinstance(schema.get(key), dict):
            node[key] = stripped(schema[key])
    for key in ("allOf", "anyOf", "oneOf"):
        if schema.get(key):
            node[key] = [stripped(one) for one in schema[key]]
    if schema.get("x-kubernetes-validations"):
        rules = schema["x-kubernetes-validations"]
        node["x-kubernetes-validations"] = [{key: rule[key] for key in _RULE if key in rule} for rule in rules]
    return node


def packed(kinds: list[Kind], models: Models) -> dict[str, bytes]:
    """The data files: ``<group>.gz`` -> bytes."""
    stale = {f"{source.name} {source.version}" for source in SOURCES if not source.current} | {models.source}
    groups = sorted({_group(kind.api_version) for kind in kinds})
    assert _group(models.api_version) in groups, "models are added to a group that has CustomResourceDefinitions"
    return {f"{group}.gz": _group_file(group, kinds, models, stale) for group in groups}


def _group_file(group: str, kinds: list[Kind], models: Models, stale: set[str]) -> bytes:
    own = sorted((kind for kind in kinds if _group(kind.api_version) == group), key=lambda kind: kind[:2])
    sources = sorted({kind.source for kind in own})
    lines = Lines([kind.schema for kind in own])
    entries: dict[str, dict[str, Node]] = {}
    for kind in own:
        entry = {"at": lines.add(kind.schema), "source": sources.index(kind.source), **kind.flags}
        known = entries.setdefault(kind.api_version, {}).setdefault(kind.name, entry)
        assert known is entry, f"{kind.api_version} {kind.name} is defined twice"
    if group == _group(models.api_version):
        sources.append(models.source)
        at = lines.add_named(models.definitions)
        for name, definition in models.kinds.items():
            entries[models.api_version][name] = {"at": at[definition], "source": len(sources) - 1}
    header = {
        "format": 1,
        "sources": sources,
        "stale": [source in stale for source in sources],
        "licence": "Apache-2.0",
        "kinds": entries,
    }
    return compressed(header, lines.lines)


def _group(api_version: str) -> str:
    return api_version.partition("/")[0]
