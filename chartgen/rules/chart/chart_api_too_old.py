"""Settings that a chart's apiVersion does not have."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class ChartApiTooOld(ChartRule):
    """Chart.yaml says `apiVersion: v1` and uses a key that only `v2` has.

    ## Why
    `type` and `dependencies` came with version 2. Helm's lint refuses them in a chart of version 1, whose dependencies
    are read from requirements.yaml; tools that keep to the letter see a chart without any.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v1
    name: example
    version: 1.0.0
    type: application # here
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: application
    ```
    """

    id = "chart-api-too-old"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    needs = ("Chart.yaml:type", "Chart.yaml:dependencies")

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for ``type`` and ``dependencies`` in a chart that is not of version 2."""
        data = ctx.data("Chart.yaml")
        if data.get("apiVersion") == "v2":
            return
        given = data.get("apiVersion") or "none"
        for key in ("type", "dependencies"):
            if data.get(key):
                yield self.fault(
                    Place.in_file(ctx.locate("Chart.yaml", Pointer((key,)), key=True)),
                    f"'{key}' needs apiVersion v2, the chart's is {given}",
                    help="write apiVersion: v2" if key == "type" else "write apiVersion: v2, or use requirements.yaml",
                    fix=Fix("say apiVersion: v2", (SetField(Pointer(("apiVersion",)), "v2", "Chart.yaml"),)),
                )
