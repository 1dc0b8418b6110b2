"""Conditions that no value answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.kube.access import get, text
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
    """

    id = "unset-dependency-condition"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look up every path of a condition in the values of the chart and of the dependency; one answer is enough."""
        asking = [dependency for dependency in dependencies(ctx) if text(dependency.body, "condition")]
        own = {subchart.metadata.get("name"): subchart.values for subchart in subcharts(ctx)} if asking else {}
        values = ctx.data("values.yaml")
        for dependency in asking:
            condition = text(dependency.body, "condition")
            paths = [path.strip().split(".") for path in condition.split(",") if path.strip()]
            below: Mapping[str, Any] = {dependency.key: own.get(dependency.name, {})}
            is_answered = any(get(given, *path) is not None for path in paths for given in (values, below))
            if dependency.name in own and not is_answered:
                yield self.fault(
                    Place.in_file(dependency.locate(ctx, "condition")),
                    f"the condition {condition} of {dependency.name} is not set in values.yaml, "
                    "so it is always installed",
                    help=f"set {condition.split(',')[0].strip()} in values.yaml",
                )
