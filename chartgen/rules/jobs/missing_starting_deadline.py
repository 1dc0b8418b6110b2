"""CronJobs that stop for good after an outage."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class MissingStartingDeadline(ObjectRule):
    """A CronJob has no startingDeadlineSeconds.

    ## Why
    Without a deadline the controller counts every run that was missed since the last one. After an outage of more than
    100 runs it gives up: `Cannot determine if job needs to be started`, and the CronJob never runs again until it is
    changed. A suspended CronJob that is resumed runs at once, however late. With a deadline only runs within it count.

    ## Bad
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: cleanup
    spec: # here
      schedule: "*/5 * * * *"
    ```

    ## Good
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: cleanup
    spec:
      schedule: "*/5 * * * *"
      startingDeadlineSeconds: 200
    ```
    """

    id = "missing-starting-deadline"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = frozenset({"CronJob"})
    hooks = False

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for the field."""
        if get(obj.body, "spec", "startingDeadlineSeconds") is None:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "startingDeadlineSeconds"))),
                "has no startingDeadlineSeconds: after 100 missed runs it never runs again",
                help="set startingDeadlineSeconds to less than 100 times the schedule's interval",
                fix=Fix(
                    "give up a run after 300 s",
                    (SetField(Pointer(("spec", "startingDeadlineSeconds")), 300),),
                    safe=False,
                ),
            )
