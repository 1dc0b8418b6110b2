"""Dependencies that are chosen anew each time."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import dependencies
from chartgen.version import is_semver


class MissingChartLock(ChartRule):
    """The chart asks for ranges of versions and has no Chart.lock.

    ## Why
    Chart.lock holds the versions that `helm dependency update` chose. Without it the next build takes what is newest
    that day, and what was tested is not what is released.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: ^20.1.0
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
    """

    id = "missing-chart-lock"
    severity = Severity.INFO
    profile = Profile.STRICT
    needs = ("Chart.yaml:dependencies", "requirements.yaml")

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Find remote dependencies without a single version, where there is no lock file."""
        if "Chart.lock" in ctx.chart.files or "requirements.lock" in ctx.chart.files:
            return
        ranged = [one for one in dependencies(ctx) if one.is_remote and not is_semver(str(one.body.get("version")))]
        if ranged:
            yield self.fault(
                Place.in_file(Location(ranged[0].file)),
                f"{ranged[0].name} is wanted in {ranged[0].body.get('version') or 'any version'}, "
                "and no Chart.lock says which one that is",
                help="run 'helm dependency update' and commit Chart.lock",
            )
