"""Autoscalers of workloads that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import pods_are_known


class AutoscalerTargetMissing(ObjectRule):
    """A HorizontalPodAutoscaler scales a workload that the chart does not render.

    ## Why
    The autoscaler reports `FailedGetScale` and nothing is ever scaled. The usual causes are a name that was built
    differently in two templates and a workload that became a StatefulSet.

    ## Bad
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 5
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: website # here
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 5
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "autoscaler-target-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"HorizontalPodAutoscaler"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up scaleTargetRef among the rendered workloads."""
        target = mapping(obj.body, "spec", "scaleTargetRef")
        kind, name = text(target, "kind"), text(target, "name")
        if kind not in CONTROLLERS or not name or not pods_are_known(ctx):
            return
        if not any(one.name == name for one in ctx.of_kind(kind)):
            rendered = ", ".join(one.ref for one, _ in ctx.pods if one.kind in CONTROLLERS)
            yield self.fault(
                Place.on(obj, Pointer(("spec", "scaleTargetRef", "name"))),
                f"scales {kind}/{name}, which the chart does not render",
                help=f"it renders: {rendered}" if rendered else "",
            )
