"""CronJobs whose runs may pile up."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class MissingConcurrencyPolicy(ObjectRule):
    """A CronJob does not say whether its runs may overlap.

    ## Why
    The default is `Allow`: when one run takes longer than the schedule's interval the next one starts beside it, and
    then a third. Backups and migrations seldom bear that. `Forbid` skips a run, `Replace` ends the old one.

    ## Bad
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: backup
    spec: # here
      schedule: "0 3 * * *"
    ```

    ## Good
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: backup
    spec:
      schedule: "0 3 * * *"
      concurrencyPolicy: Forbid
    ```
    """

    id = "missing-concurrency-policy"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = frozenset({"CronJob"})
    hooks = False

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for the field."""
        if get(obj.body, "spec", "concurrencyPolicy") is None:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "concurrencyPolicy"))),
                "does not say whether its runs may overlap",
                help="set concurrencyPolicy: Forbid, Replace or Allow",
                fix=Fix(
                    "let its runs not overlap",
                    (SetField(Pointer(("spec", "concurrencyPolicy")), "Forbid"),),
                    safe=False,
                ),
            )
