"""Jobs outside a CronJob."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class BareJob(ObjectRule):
    """A Job is rendered on its own, neither by a CronJob nor as a Helm hook.

    ## Why
    It runs once, when the chart is installed, and again only when its name changes: an upgrade cannot change its pods.
    Where an organization wants work to be scheduled or tied to a release, such a Job is a mistake. Off unless it is
    asked for.

    ## Bad
    ```yaml
    apiVersion: batch/v1
    kind: Job # here
    metadata:
      name: import
    spec:
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
      name: migrate
      annotations:
        helm.sh/hook: pre-upgrade
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: []
    ```
    """

    id = "bare-job"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    kinds = frozenset({"Job"})
    hooks = False

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each Job that is no hook and that no other object owns."""
        if items(obj.body, "metadata", "ownerReferences"):
            return
        yield self.fault(
            Place.on(obj, Pointer(("kind",))),
            "runs once, when the chart is installed",
            help="use a CronJob, or make it a Helm hook",
        )
