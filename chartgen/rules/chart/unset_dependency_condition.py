"""Conditions that no value answers."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get, text
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import dependencies, subcharts


class UnsetDependencyCondition(ChartRule):
    """The condition of a dependency is a value that values.yaml does not set.

    ## Why
    A condition without an answer counts for nothing: the dependency is installed as if there were none, and readers of
    values.yaml do not learn that it can be switched off. A misspelt path looks the same. Only charts that lie in
    `charts/` are looked at, since a dependency may answer the question in its own values.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: 20.1.0
        condition: redis.enable # here
    ```
    ```yaml
    # values.yaml
    redis:
      enabled: false
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
        condition: redis.enabled
    ```
    ```yaml
    # values.yaml
    redis:
      enabled: false
    ```
    ```yaml
    # charts/redis/Chart.yaml
    apiVersion: v2
    name: redis
    version: 20.1.0
    ```

    ## Good: a tag switches it
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: 20.1.0
        condition: redis.enabled
        tags:
          - cache
    ```
    ```yaml
    # values.yaml
    tags:
      cache: false
    ```
    ```yaml
    # charts/redis/Chart.yaml
    apiVersion: v2
    name: redis
    version: 20.1.0
    ```
    """

    id = "unset-dependency-condition"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = ("Chart.yaml:dependencies", "requirements.yaml")

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look up every path of a condition in the values of the chart and of the dependency; one answer is enough."""
        values = ctx.data("values.yaml")
        for dependency in dependencies(ctx):
            condition = text(dependency.body, "condition")
            paths = [path.strip().split(".") for path in condition.split(",") if path.strip()]
            if not paths or dependency.body.get("tags") or any(get(values, *path) is not None for path in paths):
                continue
            present = [subchart for subchart in subcharts(ctx) if subchart.name == dependency.name]
            below = [{dependency.key: subchart.values()} for subchart in present]
            if present and not any(get(given, *path) is not None for path in paths for given in below):
                yield self.fault(
                    Place.in_file(dependency.locate(ctx, "condition")),
                    f"the condition {condition} of {dependency.name} is not set in values.yaml, "
                    "so it is always installed",
                    help=f"set {condition.split(',')[0].strip()} in values.yaml",
                    fix=Fix(
                        f"set {'.'.join(paths[0])} to true",
                        (SetField(Pointer(tuple(paths[0])), True, "values.yaml"),),
                    ),
                )
