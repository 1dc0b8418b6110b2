"""Judges objects by the strict schemas of every Kubernetes version we claim to support.

The schemas come from the ``kubernetes-validate`` package. Its own ``validate`` reads 1.6 MB anew for each object, so
its files are used through a registry that is read once for each version.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

VERSIONS = ("1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36")


@cache
def _folder(version: str) -> Path:
    spec = find_spec("kubernetes_validate")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "kubernetes-json-schema" / f"v{version}.0-local-strict"


@cache
def _registry(version: str) -> Registry[Any]:
    definitions = json.loads((_folder(version) / "_definitions.json").read_text())
    return Registry().with_resource("_definitions.json", Resource(contents=definitions, specification=DRAFT7))


@cache
def _validator(version: str, api_version: str, kind: str) -> Draft7Validator | None:
    group, _, api = api_version.rpartition("/")
    name = "-".join(part for part in (kind.lower(), group.split(".")[0], api) if part)
    path = _folder(version) / f"{name}.json"
    if not path.exists():
        return None
    return Draft7Validator(json.loads(path.read_text()), registry=_registry(version))


def is_known(version: str, api_version: str, kind: str) -> bool:
    """Whether that Kubernetes version serves a built-in kind."""
    return _validator(version, api_version, kind) is not None


def errors(version: str, body: dict[str, Any]) -> list[str]:
    """What the API server of a version would say against an object; [] also for kinds that are no built-in ones."""
    validator = _validator(version, body["apiVersion"], body["kind"])
    if validator is None:
        return []
    ref = f"{body['kind']}/{body['metadata']['name']}"
    return [f"{ref}: {error.json_path}: {error.message}" for error in validator.iter_errors(body)]
