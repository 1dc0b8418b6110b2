"""Charts that nobody explains."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class MissingReadme(ChartRule):
    """The chart has no README.md.

    ## Why
    It is the page that Artifact Hub, OCI registries and `helm show readme` show: what the chart installs, what it needs
    and which values matter.

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
    ```
    ```markdown
    # README.md
    Installs the example application.
    ```
    """

    id = "missing-readme"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for the names that Helm knows. Source: ``readmeFileNames`` in Helm's ``pkg/action/show.go``."""
        names = {path.lower() for path in ctx.chart.files if "/" not in path}
        if not names & {"readme.md", "readme.txt", "readme"}:
            yield self.fault(
                Place.in_file(Location("Chart.yaml")),
                "the chart has no README.md",
                help="say in README.md what it is for",
            )
