"""Versions that YAML takes for numbers."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, QuoteField
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class UnquotedChartVersion(ChartRule):
    """Chart.yaml gives a version as a number, not as text.

    ## Why
    YAML reads `1.10` as the number 1.1 and `0123` as 83, so `.Chart.AppVersion` is another version than the one that
    is written there, and so is the image tag that is made of it. Helm's lint refuses such a chart.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 1.10 # here
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: "1.10"
    ```
    """

    id = "unquoted-chart-version"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at ``version`` and ``appVersion``."""
        data = ctx.data("Chart.yaml")
        for key in ("version", "appVersion"):
            value = data.get(key)
            if value is None or isinstance(value, str | dict | list):
                continue  # what is no scalar does not load
            shown = str(value).lower() if isinstance(value, bool) else f"{value:g}"
            what = "boolean" if isinstance(value, bool) else "number"
            yield self.fault(
                Place.in_file(ctx.locate("Chart.yaml", Pointer((key,)))),
                f"{key} is the {what} {shown}, not text",
                help="put it in quotes",
                fix=Fix(f"quote {key}", (QuoteField(Pointer((key,)), "Chart.yaml"),)),
            )
