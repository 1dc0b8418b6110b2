"""The field names of Argo Workflows and Argo Events, whose API types cannot be had as Go modules: from the models of
``hera``, the Python client made from Argo's own OpenAPI document.

Most clusters have Argo's small CustomResourceDefinitions, which let everything pass, and its controllers read several
types leniently. So only names are kept: what is misspelt is silently ignored there.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version as package_version
from importlib.util import find_spec
from typing import Any

from chartgen.dev.schemas.pack import Node
from chartgen.errors import CannotDo
from chartgen.tuples import NamedTuple

_KINDS = {
    "hera.workflows.models": ("Workflow", "CronWorkflow", "WorkflowTemplate", "ClusterWorkflowTemplate"),
    "hera.events.models": ("EventSource", "Sensor"),
}


class Models(NamedTuple):
    """Definitions that refer to each other by name, and which of them is the schema of each kind."""

    source: str
    api_version: str
    definitions: dict[str, Node]
    kinds: dict[str, str]


def models() -> Models:
    """What hera knows. Raises CannotDo where it is not installed."""
    if find_spec("hera") is None:
        raise CannotDo("hera is not installed", hint="pip install hera")
    definitions: dict[str, Node] = {}
    kinds = {}
    for module, names in _KINDS.items():
        for kind in names:
            schema = getattr(import_module(module), kind).model_json_schema()
            for name, definition in schema.pop("$defs").items():
                definitions.setdefault(f"{module}.{name}", _names(definition, module))
            own = _names(schema, module)
            own["properties"] = {
                key: value for key, value in own["properties"].items() if key not in ("apiVersion", "kind", "metadata")
            }
            own["properties"]["status"] = {}
            definitions[f"{module}.{kind}"] = own
            kinds[kind] = f"{module}.{kind}"
    source = f"Argo's OpenAPI document in hera {package_version('hera')}"
    return Models(source, "argoproj.io/v1alpha1", definitions, kinds)


def _names(schema: Any, module: str) -> Node:
    """A schema without its types: the names of fields, and what may stand below them."""
    if "$ref" in schema:
        return {"$ref": f"{module}.{schema['$ref'].rpartition('/')[2]}"}
    for one in schema.get("anyOf", ()):
        # One alternative is null. Where there are more, anything goes.
        if len(schema["anyOf"]) == 2 and one.get("type") != "null" and {"type": "null"} in schema["anyOf"]:
            return _names(one, module)
    node: Node = {}
    if schema.get("properties"):
        node["properties"] = {key: _names(value, module) for key, value in sorted(schema["properties"].items())}
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            node[key] = _names(schema[key], module)
    return node
