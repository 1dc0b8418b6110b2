"""Values that the chart's own schema does not allow."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location, Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.rules.values._complaints import complaints


class ValuesRejected(ScenarioRule):
    """The values do not meet values.schema.json.

    ## Why
    Helm checks the values of every install and upgrade against the chart's schema and refuses what it does not allow.
    A default or an example that the chart's own schema rejects can never be installed.

    ## Bad
    ```yaml
    # values.yaml
    replicaCount: two # here
    ```
    ```json
    # values.schema.json
    {"properties": {"replicaCount": {"type": "integer"}}}
    ```

    ## Good
    ```yaml
    # values.yaml
    replicaCount: 2
    ```
    ```json
    # values.schema.json
    {"properties": {"replicaCount": {"type": "integer"}}}
    ```
    """

    id = "values-rejected"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    troubles = ("values",)

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each complaint at the value it is about, in the file that sets it."""
        for failure, severity in ctx.troubles("values"):
            if failure.path:
                place = Place.in_file(Location(failure.path, failure.line, failure.column))
                cure = (
                    "copy what it refers to into the schema" if severity is Severity.WARNING else "correct the schema"
                )
                yield self.fault(place, failure.message, help=cure, severity=severity)
                continue
            for pointer, message in complaints(failure.message):
                by_user = ctx.set_by_user(pointer)
                # What the user sets stands in no file of the chart.
                where = Location("values.yaml", pointer=pointer) if by_user else _where(ctx, pointer)
                said = f"{pointer.dotted}: {message}" if pointer.parts else message
                yield self.fault(
                    Place.in_file(where),
                    said + (f", set by {by_user}" if by_user else ""),
                    help="change the value, or what values.schema.json allows",
                    severity=severity,
                )


def _where(ctx: ScenarioContext, pointer: Pointer) -> Location:
    """The value in the scenario's file if that sets it, else in values.yaml; the whole file when neither does.

    A subchart's value may also be one of its own defaults.
    """
    files = [(path, pointer) for path in (ctx.values_file, "values.yaml") if path]
    if len(pointer.parts) > 1:
        files.append((f"charts/{pointer.parts[0]}/values.yaml", Pointer(pointer.parts[1:])))
    for path, place in files:
        location = ctx.chart.locate(path, place)
        if location.exact and location.line is not None:
            return location
    return Location(ctx.values_file or "values.yaml", pointer=pointer)
