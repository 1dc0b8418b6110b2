"""Jobs that stay around for ever."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class JobWithoutTtl(ObjectRule):
    """A finished Job is never removed.

    ## Why
    The Job and its pods stay in the cluster until somebody deletes them, and an upgrade that changes the Job's pods
    fails as long as the old one is there: its template cannot be changed. `ttlSecondsAfterFinished` removes it. Jobs
    that are Helm hooks are removed by their `helm.sh/hook-delete-policy`, and those of a CronJob by its history limits.

    One sort of Job does better without: one that is to run once for each change, as `run: once` in an app spec makes
    it. Its name ends in a hash of its content, so an upgrade makes a new one and Helm removes the old. Were it gone
    before, the next upgrade would run it again. Allow the rule there, as generated charts do.

    ## Bad
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: import
    spec: # here
      template:
        spec:
          restartPolicy: Never
          containers: []
    ```

    ## Good
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: import
    spec:
      ttlSecondsAfterFinished: 3600
      template:
        spec:
          restartPolicy: Never
          containers: []
    ```
    """

    id = "job-without-ttl"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = frozenset({"Job"})
    hooks = False

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for the field."""
        if get(obj.body, "spec", "ttlSecondsAfterFinished") is None:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "ttlSecondsAfterFinished"))),
                "is never removed once it has finished",
                help="set ttlSecondsAfterFinished, or make it a hook with a delete policy",
                fix=Fix(
                    "remove it a day after it has finished",
                    (SetField(Pointer(("spec", "ttlSecondsAfterFinished")), 86400),),
                    safe=False,
                ),
            )
