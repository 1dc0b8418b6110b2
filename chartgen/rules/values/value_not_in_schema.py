"""Values that the schema has forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.values._schema import SCHEMA, is_plain, schema, target

_MOST = 3
"""Keys of one map that a message names; a schema that was never kept up lacks dozens."""


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
    needs = ("values.schema.json",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Walk values.yaml and the schema side by side, as far as the schema lists properties."""
        root = schema(ctx)
        if not root or root.get("additionalProperties") is False:
            return
        others = {"global", "tags", *(str(item.get("alias") or item.get("name")) for item in _dependencies(ctx))}
        for at, keys in _unknown(ctx.data("values.yaml"), root, root, Pointer()):
            own = [key for key in keys if at.parts or key not in others]
            if own and not (at.parts and at.parts[0] in others):
                more = f" and {len(own) - _MOST} more" if len(own) > _MOST else ""
                names = ", ".join((at / key).dotted for key in own[:_MOST]) + more
                yield self.fault(
                    Place.in_file(ctx.locate("values.yaml", at / own[0], key=True)),
                    f"{names} {'is' if len(own) == 1 else 'are'} not described in {SCHEMA}",
                    help="add it to the properties of the schema",
                    fix=_fix(ctx, root, at, own),
                )


def _dependencies(ctx: ChartContext) -> list[Mapping[str, Any]]:
    found = ctx.chart.metadata.get("dependencies")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _unknown(values: Any, node: Any, root: Mapping[str, Any], at: Pointer) -> Iterator[tuple[Pointer, list[str]]]:
    """Each map of the values with the keys of it that the schema does not know."""
    known = target(node, root)
    if not isinstance(values, dict) or not is_plain(known) or isinstance(known.get("additionalProperties"), dict):
        return
    properties = known["properties"]
    yield at, [key for key in values if key not in properties]
    for key, value in values.items():
        if key in properties:
            yield from _unknown(value, properties[key], root, at / key)


_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", dict: "object", list: "array"}


def _fix(ctx: ChartContext, root: Mapping[str, Any], at: Pointer, keys: list[str]) -> Fix | None:
    """Describe each by its type; not where the schema refers elsewhere for the map they are in."""
    place = Pointer(tuple(step for part in at.parts for step in ("properties", part)))
    if not isinstance(get(root, *place.parts, "properties"), dict):
        return None
    values = get(ctx.data("values.yaml"), *at.parts)
    actions = []
    for key in keys:
        value = values[key]
        kind = next((name for of, name in _TYPES.items() if isinstance(value, of)), "")
        is_told = kind and value != ""  # what is empty may be filled with anything
        actions.append(SetField(place / "properties" / key, {"type": kind} if is_told else {}, SCHEMA))
    return Fix("describe what values.yaml holds by its type", tuple(actions), safe=False)
