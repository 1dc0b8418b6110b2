"""Pods that nobody starts again."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class BarePod(ObjectRule):
    """A Pod is rendered on its own, without a workload that keeps it running.

    ## Why
    Nothing replaces the pod when its node goes away, and an upgrade that changes it fails: hardly anything in a pod may
    be changed. Pods that are Helm hooks or tests run once and are fine.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod # here
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: test-connection
      annotations:
        helm.sh/hook: test
    spec:
      restartPolicy: Never
      containers:
        - name: wget
          image: example/wget:1.2.0
    ```
    """

    id = "bare-pod"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Pod"})
    hooks = False

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each Pod that is no hook and that no other object owns."""
        if items(obj.body, "metadata", "ownerReferences"):
            return
        yield self.fault(
            Place.on(obj, Pointer(("kind",))),
            "is a bare pod: nothing replaces it when its node goes away",
            help="use a Deployment, a StatefulSet or a Job",
        )
