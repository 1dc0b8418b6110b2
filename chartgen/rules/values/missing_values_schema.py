"""Charts whose values anyone may misspell."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class MissingValuesSchema(ChartRule):
    """The chart has no values.schema.json.

    ## Why
    Without a schema Helm accepts every value: a misspelt key does nothing, and text where a number is expected fails
    somewhere in a template, or in the cluster. Editors also complete values from the schema.

    ## Bad
    ```yaml
    # values.yaml
    replicaCount: 2
    ```

    ## Good
    ```yaml
    # values.yaml
    replicaCount: 2
    ```
    ```json
    # values.schema.json
    {"properties": {"replicaCount": {"type": "integer"}}}
    ```
    """

    id = "missing-values-schema"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Find a chart that has values and no schema; values.yaml as a whole is the place."""
        if ctx.data("values.yaml") and "values.schema.json" not in ctx.chart.files:
            yield self.fault(
                Place.in_file(Location("values.yaml")),
                "the chart has no values.schema.json",
                help="describe the values in a JSON Schema beside values.yaml",
            )
