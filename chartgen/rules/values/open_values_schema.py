"""Schemas that let misspelt values pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.values._schema import SCHEMA, is_plain, schema


class OpenValuesSchema(ChartRule):
    """values.schema.json allows keys that it does not know.

    ## Why
    `replicaCont: 3` passes a schema without `additionalProperties: false` and has no effect. Closing the top level
    already catches most misspellings; `global` has to stay among the properties, for parent charts.

    ## Bad
    ```json
    # values.schema.json
    {"properties": {"replicaCount": {"type": "integer"}}}
    ```

    ## Good
    ```json
    # values.schema.json
    {
      "additionalProperties": false,
      "properties": {"global": {"type": "object"}, "replicaCount": {"type": "integer"}}
    }
    ```
    """

    id = "open-values-schema"
    severity = Severity.INFO
    profile = Profile.STRICT
    needs = ("values.schema.json",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at the top level of the schema."""
        root = schema(ctx)
        if is_plain(root) and root.get("additionalProperties") in (None, True):
            yield self.fault(
                Place.in_file(ctx.locate(SCHEMA, Pointer(("properties",)), key=True)),
                "the schema accepts keys that it does not know",
                help='set "additionalProperties": false, and keep "global" among the properties',
                fix=_fix(ctx, root),
            )


def _fix(ctx: ChartContext, root: Mapping[str, Any]) -> Fix | None:
    """Helm hands every chart ``global``, and what its dependencies are given; both have to be properties.

    Not while values.yaml holds what is not described.
    """
    dependencies = [item for item in items(ctx.data("Chart.yaml"), "dependencies") if isinstance(item, dict)]
    handed = ["global", *(text(item, "alias") or text(item, "name") for item in dependencies)]
    handed += ["tags"] * any(item.get("tags") for item in dependencies)
    if any(key not in root["properties"] and key not in handed for key in ctx.data("values.yaml")):
        return None
    added = [key for key in dict.fromkeys(handed) if key and key not in root["properties"]]
    described = [SetField(Pointer(("properties", key)), {"type": "object"}, SCHEMA) for key in added]
    closed = SetField(Pointer(("additionalProperties",)), False, SCHEMA)
    return Fix("accept no keys that the schema does not know", (closed, *described), safe=False)
