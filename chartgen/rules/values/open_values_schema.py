"""Schemas that let misspelt values pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
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

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at the top level of the schema."""
        root = schema(ctx)
        if is_plain(root) and root.get("additionalProperties") in (None, True):
            yield self.fault(
                Place.in_file(ctx.locate(SCHEMA, Pointer(("properties",)), key=True)),
                "the schema accepts keys that it does not know",
                help='set "additionalProperties": false, and keep "global" among the properties',
                fix=_fix(root),
            )


def _fix(root: Mapping[str, Any]) -> Fix:
    """Helm hands every chart ``global``, which has to be among the properties."""
    actions = [SetField(Pointer(("additionalProperties",)), False, SCHEMA)]
    if "global" not in root["properties"]:
        actions.append(SetField(Pointer(("properties", "global")), {"type": "object"}, SCHEMA))
    return Fix("accept no keys that the schema does not know", tuple(actions), safe=False)
