"""Links in Chart.yaml that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.kube.access import items
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._urls import is_request_url


class InvalidChartUrl(ChartRule):
    """`home`, `icon` or an entry of `sources` in Chart.yaml is not a URL.

    ## Why
    Repositories and interfaces show them as links and pictures, and Helm's lint refuses a chart whose `icon` or
    `sources` are none. A path beside the chart is not found by anyone who has only the chart.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    icon: docs/icon.svg # here
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    icon: https://example.com/docs/icon.svg
    ```
    """

    id = "invalid-chart-url"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED
    needs = ("Chart.yaml:home", "Chart.yaml:icon", "Chart.yaml:sources")

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Check the three; an inlined picture (``data:``) is an icon too."""
        data = ctx.data("Chart.yaml")
        found = [(Pointer((key,)), data.get(key)) for key in ("home", "icon")]
        found += [(Pointer(("sources", index)), item) for index, item in enumerate(items(data, "sources"))]
        for at, value in found:
            is_left_out = value is None or (value == "" and at.parts[0] != "sources")
            if is_left_out or isinstance(value, dict | list) or is_request_url(str(value)) or _is_picture(value):
                continue  # what is no scalar does not load
            yield self.fault(
                Place.in_file(ctx.locate("Chart.yaml", at)),
                f"{at.dotted} is {value!r}, which is no URL",
                help="write the whole URL, beginning with https://",
            )


def _is_picture(value: object) -> bool:
    return isinstance(value, str) and value.startswith("data:")
