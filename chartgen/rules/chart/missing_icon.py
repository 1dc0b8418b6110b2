"""Charts without an icon."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class MissingIcon(ChartRule):
    """Chart.yaml names no icon.

    ## Why
    Chart catalogues (Artifact Hub, Rancher, the consoles of cloud vendors) show a chart by its icon. It has no meaning
    for a cluster, and most in-house charts do without.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    icon: https://example.com/icon.png
    ```
    """

    id = "missing-icon"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Find an application chart without ``icon``; Chart.yaml as a whole is the place."""
        metadata = ctx.chart.metadata
        if metadata and not metadata.get("icon") and metadata.get("type") != "library":
            yield self.fault(
                Place.in_file(Location("Chart.yaml")),
                "the chart has no icon",
                help="set 'icon' to the address of an SVG or PNG image",
            )
