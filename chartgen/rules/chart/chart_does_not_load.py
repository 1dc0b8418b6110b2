"""Charts that Helm cannot even load."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule


class ChartDoesNotLoad(ScenarioRule):
    """Helm cannot load the chart.

    ## Why
    A broken Chart.yaml, values.yaml, archive or `.helmignore` stops Helm before it looks at any template: nothing of
    the chart can be installed, and nothing else in it can be judged.

    ## Bad
    ```yaml
    # values.yaml
    image:
      tag: "1.2.0 # here
    ```

    ## Good
    ```yaml
    # values.yaml
    image:
      tag: "1.2.0"
    ```
    """

    id = "chart-does-not-load"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report that loading failed, in Helm's words."""
        for failure, severity in ctx.troubles("load"):
            place = Place.in_file(Location(failure.path, failure.line, failure.column))
            if severity is Severity.WARNING:
                told = failure.message.removeprefix(f"{failure.path} ")
                yield self.fault(place, told, help="remove it, or name it in .helmignore", severity=severity)
            else:
                yield self.fault(place, f"the chart does not load: {failure.message}", severity=severity)
