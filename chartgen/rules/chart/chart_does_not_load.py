"""Charts that Helm cannot even load."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.api import Failure
from chartgen.findings import Severity
from chartgen.location import Location, Pointer
from chartgen.rules.base import ChartContext, Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.yamlread import HOW_TO_RESOLVE, conflict

_FIELD = r"cannot unmarshal \w+ into Go struct field Metadata\.(\w+)"


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
    troubles = ("load",)

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report that loading failed, in Helm's words."""
        for failure, severity in ctx.troubles("load"):
            place = Place.in_file(_where(ctx.chart, failure))
            if severity is Severity.WARNING:
                told = failure.message.removeprefix(f"{failure.path} ")
                yield self.fault(place, told, help="remove it, or name it in .helmignore", severity=severity)
            elif begins := conflict(ctx.chart.chart.text(failure.path or "") or ""):
                place = Place.in_file(Location(failure.path, begins, 1))
                told = "the chart does not load: a conflict of git is not resolved here"
                yield self.fault(place, told, help=HOW_TO_RESOLVE, severity=severity)
            else:
                yield self.fault(place, f"the chart does not load: {failure.message}", severity=severity)


def _where(ctx: ChartContext, failure: Failure) -> Location:
    """Where Helm says it is; of a field of Chart.yaml it names only the Go struct it could not fill."""
    if failure.line is None and failure.path in (None, "", "Chart.yaml"):
        if match := re.search(_FIELD, failure.message):
            location = ctx.locate("Chart.yaml", Pointer((match[1],)), key=True)
            return location if location.exact else Location("Chart.yaml")
        if failure.message.startswith("validation: "):
            return Location("Chart.yaml")
    return Location(failure.path, failure.line, failure.column)
