"""Charts that install nothing."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import dependencies, subcharts


class ChartWithoutTemplates(ChartRule):
    """The chart has nothing to install: no templates, no dependencies, no CustomResourceDefinitions.

    ## Why
    Helm installs it without complaint, and the release is empty. The folder may be called `template`, or be left out
    by `.helmignore`.

    ## Bad
    ```yaml
    # template/service.yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: app
    ```
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.name" }}app{{ end }}
    ```

    ## Good
    ```yaml
    # templates/service.yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: app
    ```
    """

    id = "chart-without-templates"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for anything that could become an object; library charts have nothing of the kind."""
        if ctx.data("Chart.yaml").get("type") == "library" or not ctx.data("Chart.yaml"):
            return
        manifests = [path for path in ctx.chart.templates if _is_manifest(path)]
        if (
            not manifests
            and not any(ctx.chart.under("crds"))
            and not any(dependencies(ctx))
            and not any(subcharts(ctx))
        ):
            yield self.fault(
                Place.in_file(Location("Chart.yaml")),
                "the chart has nothing to install",
                help="put manifests into templates/, or make it a library chart (type: library)",
            )


def _is_manifest(path: str) -> bool:
    name = path.rpartition("/")[2]
    return not name.startswith("_") and name != "NOTES.txt"
