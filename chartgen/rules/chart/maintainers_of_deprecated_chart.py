"""Deprecated charts that seem to be looked after."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class MaintainersOfDeprecatedChart(ChartRule):
    """A deprecated chart still lists maintainers.

    ## Why
    The maintainers of a chart are those one may turn to; nobody looks after a deprecated one any more. chart-testing
    (`ct lint`) refuses it. Some keep the names on purpose, so this is only looked at when it is asked for.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    deprecated: true
    maintainers: # here
      - name: Ann
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    deprecated: true
    ```
    """

    id = "maintainers-of-deprecated-chart"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    needs = ("Chart.yaml:deprecated",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Compare ``deprecated`` with ``maintainers``."""
        data = ctx.data("Chart.yaml")
        if data.get("deprecated") is True and data.get("maintainers"):
            yield self.fault(
                Place.in_file(ctx.locate("Chart.yaml", Pointer(("maintainers",)), key=True)),
                "the chart is deprecated and lists maintainers",
                help="remove maintainers, or deprecated",
                fix=Fix("remove the maintainers", (RemoveField(Pointer(("maintainers",)), "Chart.yaml"),)),
            )
