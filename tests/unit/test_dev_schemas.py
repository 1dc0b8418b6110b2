"""Deriving schemas: what is kept, what is shared, and what differs between releases."""

from __future__ import annotations

import json
import zlib
from importlib.metadata import version as package_version
from typing import Any

import pytest

from chartgen.dev.__main__ import main
from chartgen.dev.schemas.argo import Models
from chartgen.dev.schemas.crds import Kind, packed, stripped
from chartgen.dev.schemas.kubernetes import _merge, _stripped
from chartgen.dev.schemas.pack import Lines, compressed
from chartgen.kube.schemas import kubernetes

POD = {"type": "object", "properties": {name: {"type": "string"} for name in "abcdefgh"}}


def expanded(node: Any, lines: list[str]) -> Any:
    """A node with everything it refers to in place."""
    if isinstance(node, dict):
        if "$ref" in node:
            return expanded(json.loads(lines[node["$ref"] - 1]), lines)
        return {key: expanded(value, lines) for key, value in node.items()}
    return [expanded(value, lines) for value in node] if isinstance(node, list) else node


def test_what_is_repeated_is_written_once_and_nothing_is_lost() -> None:
    schemas: list[dict[str, Any]] = [
        {"type": "object", "properties": {"first": POD, "list": {"type": "array", "items": POD}}},
        {"type": "object", "properties": {"other": {"oneOf": [POD, {"type": "string", "enum": ["$ref"]}]}}},
    ]
    lines = Lines(schemas)
    at = [lines.add(schema) for schema in schemas]
    assert [expanded({"$ref": line}, lines.lines) for line in at] == schemas
    assert sum('"h":{"type":"string"}' in line for line in lines.lines) == 1


def test_equal_input_gives_equal_bytes() -> None:
    content = compressed({"format": 1}, ['{"type":"string"}'])
    assert content == compressed({"format": 1}, ['{"type":"string"}'])
    assert zlib.decompress(content, 31).decode() == '{"format":1}\n{"type":"string"}'


def test_releases_are_laid_over_each_other() -> None:
    text, number = {"type": "string"}, {"type": "integer"}
    old = {"type": "object", "properties": {"a": text, "gone": text, "b": text}, "required": ["a", "b"]}
    new = {"type": "object", "properties": {"a": text, "b": number, "new": text}, "required": ["a"]}
    assert _merge([(1, old), (2, old)]) == old
    assert _merge([(1, old), (2, new)]) == {
        "type": "object",
        "properties": {
            "a": text,
            "b": {"in": [[1, text], [2, number]]},
            "gone": {"in": [[1, text]]},
            "new": {"in": [[2, text]]},
        },
        "required": ["a"],
        "requiredIn": [[1, "b"]],
    }
    assert _merge([(1, old), (2, text)]) == {"in": [[1, old], [2, text]]}


def test_of_a_published_schema_remains_what_decides() -> None:
    schema = {
        "description": "A thing.",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {"size": {"type": "integer", "format": "int32"}, "spec": {"$ref": "x.json#/$defs/io.k8s.Spec"}},
        "x-kubernetes-patch-strategy": "merge",
    }
    assert _stripped(schema) == {
        "type": "object",
        "nullable": True,
        "properties": {"size": {"type": "integer", "format": "int32"}, "spec": {"$ref": "io.k8s.Spec"}},
    }


def test_of_a_definition_remains_what_decides() -> None:
    schema = {
        "description": "A thing.",
        "type": "object",
        "properties": {
            "port": {"anyOf": [{"type": "integer"}, {"type": "string"}], "x-kubernetes-int-or-string": True}
        },
        "x-kubernetes-validations": [{"rule": "self.port > 0", "message": "no", "reason": "FieldValueInvalid"}],
    }
    assert stripped(schema) == {
        "type": "object",
        "properties": {"port": {"x-kubernetes-int-or-string": True}},
        "x-kubernetes-validations": [{"rule": "self.port > 0", "message": "no"}],
    }


def test_models_that_refer_to_themselves_join_the_definitions_of_their_group() -> None:
    kinds = [Kind("a.b/v1", "Plain", POD, "A 1.0", {"deprecated": "use v2"})]
    models = Models("B 2.0", "a.b/v1", {"Tree": {"properties": {"left": {"$ref": "Tree"}}}}, {"Tree": "Tree"})
    ((name, content),) = packed(kinds, models).items()
    header, *lines = zlib.decompress(content, 31).decode().split("\n")
    assert name == "a.b.gz"
    described = json.loads(header)
    assert (described["sources"], described["stale"]) == (["A 1.0", "B 2.0"], [False, True])
    assert described["kinds"]["a.b/v1"] == {
        "Plain": {"at": 1, "source": 0, "deprecated": "use v2"},
        "Tree": {"at": 2, "source": 1},
    }
    assert json.loads(lines[1]) == {"properties": {"left": {"$ref": 2}}}


def test_the_command_says_whether_the_data_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    installed = package_version("kubernetes-validate")
    if installed not in kubernetes().header["source"]:
        pytest.skip(f"the data was made from another kubernetes-validate than {installed}")
    assert main(["kube-schemas", "--check"]) == 0
    assert capsys.readouterr() == ("", "")
