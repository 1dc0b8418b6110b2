"""Charts that leave their users alone after the install."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class MissingNotes(ChartRule):
    """The chart has no templates/NOTES.txt.

    ## Why
    Helm prints it after every install and upgrade, with the values that were given: how to reach the application, where
    its password is, what to do next.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: app
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: app
    ```
    ```yaml
    # templates/NOTES.txt
    The application is reached at http://app.{{ .Release.Namespace }}
    ```
    """

    id = "missing-notes"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for the file in charts that have templates."""
        is_library = ctx.data("Chart.yaml").get("type") == "library"
        has_manifests = any(path.endswith((".yaml", ".yml")) for path in ctx.chart.templates)
        if has_manifests and not is_library and "templates/NOTES.txt" not in ctx.chart.files:
            yield self.fault(
                Place.in_file(Location("Chart.yaml")),
                "the chart has no templates/NOTES.txt",
                help="say there how to reach what was installed",
            )
