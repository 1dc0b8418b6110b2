"""Pods that give way to everyone."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class MissingPriorityClass(PodRule):
    """A pod has no priority class.

    ## Why
    When a cluster is full the scheduler evicts pods of lower priority to make room; pods without a class have the
    lowest that exists, unless the cluster names a default. Which classes there are is up to a cluster, so this rule is
    off unless it is asked for.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec: # here
          containers: []
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          priorityClassName: production
          containers: []
    ```
    """

    id = "missing-priority-class"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    hooks = False

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for a class."""
        if not text(pod.body, "priorityClassName"):
            yield self.fault(
                Place.on(obj, pod.at("priorityClassName")),
                "has no priority class",
                help="set priorityClassName",
            )
