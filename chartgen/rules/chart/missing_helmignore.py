"""Charts that pack whatever lies beside them."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class MissingHelmignore(ChartRule):
    """The chart's folder has no .helmignore.

    ## Why
    `helm package` puts every file of the folder into the package, hidden ones and what editors leave behind among them,
    and each upgrade stores them in the cluster. `helm create` writes a `.helmignore` that keeps the usual ones out.

    ## Bad
    ```yaml
    # values.yaml
    replicaCount: 2
    ```

    ## Good
    ```yaml
    # values.yaml
    replicaCount: 2
    ```
    ```
    # .helmignore
    .git/
    *.swp
    ```
    """

    id = "missing-helmignore"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for the file, unless the chart is a package already."""
        if ".helmignore" not in ctx.chart.files and not ctx.chart.origin.endswith((".tgz", ".tar.gz")):
            yield self.fault(
                Place.in_file(Location("Chart.yaml")),
                "the chart's folder has no .helmignore",
                help="copy the one that 'helm create' writes",
            )
