"""Dependencies that nobody looks after."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import dependencies, subcharts


class DeprecatedDependency(ChartRule):
    """A dependency is a chart that its authors have deprecated.

    ## Why
    It gets no more fixes, and its images and API versions grow old with it. The description of a deprecated chart
    often names the one that took its place.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis # here
        version: 20.1.0
    ```
    ```yaml
    # charts/redis/Chart.yaml
    apiVersion: v2
    name: redis
    version: 20.1.0
    deprecated: true
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: valkey
        version: 2.0.0
    ```
    ```yaml
    # charts/valkey/Chart.yaml
    apiVersion: v2
    name: valkey
    version: 2.0.0
    ```
    """

    id = "deprecated-dependency"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = ("charts/",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at what the charts in ``charts/`` say about themselves, unless the chart is deprecated as well."""
        declared = list(dependencies(ctx))
        if not declared or ctx.data("Chart.yaml").get("deprecated") is True:
            return
        old = {one.name for one in subcharts(ctx) if one.metadata.get("deprecated") is True}
        for dependency in declared:
            if dependency.name in old:
                yield self.fault(
                    Place.in_file(dependency.locate(ctx, "name")),
                    f"the chart {dependency.name} {dependency.body.get('version', '')} is deprecated".replace(
                        "  ", " "
                    ),
                    help="look in its description for the chart that took its place",
                )
