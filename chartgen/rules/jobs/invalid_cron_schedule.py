"""Schedules that never come."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.cron import fault
from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class InvalidCronSchedule(ObjectRule):
    """A CronJob has a schedule that Kubernetes cannot read.

    ## Why
    The API refuses the object. A schedule has five fields, minute first, or is one of `@hourly`, `@daily` and the
    like; seconds, years and `L` or `#` of other programs are unknown to it.

    ## Bad
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: backup
    spec:
      schedule: "0 0 3 * * *" # here
    ```

    ## Good
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: backup
    spec:
      schedule: "0 3 * * *"
    ```
    """

    id = "invalid-cron-schedule"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"CronJob"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Read the schedule; one that is missing or no text is a matter of the schema."""
        schedule = get(obj.body, "spec", "schedule")
        if isinstance(schedule, str) and (wrong := fault(schedule)):
            yield self.fault(
                Place.on(obj, Pointer(("spec", "schedule"))),
                f"the schedule {schedule!r} cannot be read: {wrong}",
                help="write minute, hour, day of the month, month and day of the week, for example '0 3 * * *'",
            )
