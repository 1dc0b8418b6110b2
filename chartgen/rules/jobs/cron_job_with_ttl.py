"""CronJobs whose history two settings decide."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class CronJobWithTtl(ObjectRule):
    """A CronJob's Jobs have a ttlSecondsAfterFinished beside the CronJob's history limits.

    ## Why
    A CronJob keeps its last three successful and its last failed Job, so that somebody can look at their logs. A
    `ttlSecondsAfterFinished` removes them earlier, whatever the limits say: the stricter of the two wins.

    ## Bad
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: backup
    spec:
      schedule: "0 3 * * *"
      jobTemplate:
        spec:
          ttlSecondsAfterFinished: 60 # here
    ```

    ## Good
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: backup
    spec:
      schedule: "0 3 * * *"
      successfulJobsHistoryLimit: 1
      failedJobsHistoryLimit: 3
      jobTemplate:
        spec: {}
    ```
    """

    id = "cron-job-with-ttl"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = frozenset({"CronJob"})
    hooks = False
    keys = ("ttlSecondsAfterFinished",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find the field in the Job's template."""
        at = ("spec", "jobTemplate", "spec", "ttlSecondsAfterFinished")
        seconds = get(obj.body, *at)
        if seconds is not None:
            yield self.fault(
                Place.on(obj, Pointer(at)),
                f"removes its Jobs after {seconds} s, whatever its history limits say",
                help="set successfulJobsHistoryLimit and failedJobsHistoryLimit instead",
                fix=Fix("leave its Jobs to the history limits", (RemoveField(Pointer(at)),), safe=False),
            )
