"""Charts without values.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class MissingValuesFile(ChartRule):
    """Templates read values, and there is no values.yaml.

    ## Why
    `helm show values` prints nothing, so nobody learns what can be set, and every value without a default of its own is
    empty.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Values.name | default "app" }}
    ```
    ```yaml
    # values.yaml
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Values.name }}
    ```
    ```yaml
    # values.yaml
    name: app
    ```
    """

    id = "missing-values-file"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Find ``.Values`` in a chart whose values.yaml is not there or empty."""
        if ctx.data("Chart.yaml").get("type") == "library" or (ctx.chart.text("values.yaml") or "").strip():
            return
        reads = [path for path in ctx.chart.templates if ".Values." in (ctx.chart.text(path) or "")]
        if reads:
            state = "is empty" if "values.yaml" in ctx.chart.files else "is missing"
            yield self.fault(
                Place.in_file(Location("Chart.yaml")),
                f"{reads[0]} reads values, and values.yaml {state}",
                help="list the values with their defaults in values.yaml",
            )
