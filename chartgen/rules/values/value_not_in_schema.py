"""Values that the schema has forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.values._schema import SCHEMA, is_plain, schema, target


class ValueNotInSchema(ChartRule):
    """values.yaml sets a key that values.schema.json does not describe.

    ## Why
    The schema is what users and editors read. A value that is missing there is neither checked nor completed, and the
    schema cannot be closed without breaking the chart.

    ## Bad
    ```yaml
    # values.yaml
    replicaCount: 2
    image: nginx # here
    ```
    ```json
    # values.schema.json
    {"properties": {"replicaCount": {"type": "integer"}}}
    ```

    ## Good
    ```yaml
    # values.yaml
    replicaCount: 2
    image: nginx
    ```
    ```json
    # values.schema.json
    {"properties": {"replicaCount": {"type": "integer"}, "image": {"type": "string"}}}
    ```
    """

    id = "value-not-in-schema"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Walk values.yaml and the schema side by side, as far as the schema lists properties."""
        root = schema(ctx)
        if not root or root.get("additionalProperties") is False:
            return
        subcharts = {str(item.get("alias") or item.get("name")) for item in _dependencies(ctx)}
        for pointer in _unknown(ctx.data("values.yaml"), root, root, Pointer()):
            if pointer.parts[0] not in subcharts and pointer.parts[0] not in ("global", "tags"):
                yield self.fault(
                    Place.in_file(ctx.locate("values.yaml", pointer, key=True)),
                    f"{pointer.dotted} is not described in {SCHEMA}",
                    help="add it to the properties of the schema",
                )


def _dependencies(ctx: ChartContext) -> list[Mapping[str, Any]]:
    found = ctx.chart.metadata.get("dependencies")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _unknown(values: Any, node: Any, root: Mapping[str, Any], at: Pointer) -> Iterator[Pointer]:
    known = target(node, root)
    if not isinstance(values, dict) or not is_plain(known) or isinstance(known.get("additionalProperties"), dict):
        return
    for key, value in values.items():
        if key not in known["properties"]:
            yield at / key
        else:
            yield from _unknown(value, known["properties"][key], root, at / key)
