"""Charts in charts/ that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import dependencies, subcharts


class UndeclaredSubchart(ChartRule):
    """A chart lies in `charts/` that Chart.yaml does not declare.

    ## Why
    Helm installs it all the same, with no way to switch it off, and `helm dependency update` may leave it there for
    ever or remove it. Usually a dependency was renamed and its old archive forgotten. Helm's lint refuses such a chart.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    ```
    ```yaml
    # charts/redis/Chart.yaml
    apiVersion: v2
    name: redis
    version: 20.1.0
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: 20.1.0
    ```
    ```yaml
    # charts/redis/Chart.yaml
    apiVersion: v2
    name: redis
    version: 20.1.0
    ```
    """

    id = "undeclared-subchart"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED
    needs = ("charts/",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Compare the charts in ``charts/`` with the dependencies; Chart.yaml as a whole is the place."""
        declared = {dependency.name for dependency in dependencies(ctx)}
        for subchart in subcharts(ctx):
            name = subchart.name
            if isinstance(name, str) and name not in declared:
                yield self.fault(
                    Place.in_file(Location("Chart.yaml")),
                    f"{subchart.path} holds the chart {name!r}, which is not among the dependencies",
                    help="add it to dependencies, or remove it from charts/",
                )
