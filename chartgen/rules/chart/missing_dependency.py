"""Dependencies that are declared but not there."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._dependencies import missing


class MissingDependency(ChartRule):
    """A dependency of Chart.yaml is not in `charts/`.

    ## Why
    Helm installs what lies in `charts/` and refuses a chart that lacks one of its dependencies. Until they are there,
    nothing of the chart can be rendered or judged.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis # here
        version: 20.1.0
        repository: https://charts.example.com
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
        repository: https://charts.example.com
    ```
    ```yaml
    # charts/redis/Chart.yaml
    apiVersion: v2
    name: redis
    version: 20.1.0
    ```
    """

    id = "missing-dependency"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Compare the dependencies of Chart.yaml with the charts in ``charts/``."""
        for index, name in missing(ctx.chart):
            location = ctx.locate("Chart.yaml", Pointer(("dependencies", index, "name")))
            yield self.fault(
                Place.in_file(location),
                f"dependency {name!r} is not in charts/, so the chart cannot be rendered",
                help="run 'helm dependency build' before linting",
            )
