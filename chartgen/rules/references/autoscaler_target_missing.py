"""Autoscalers of workloads that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import find, namespace, pods_are_known
from chartgen.rules.references._outside import OutsideOptions

_TARGETS = {
    "HorizontalPodAutoscaler": "scaleTargetRef",
    "ScaledObject": "scaleTargetRef",
    "VerticalPodAutoscaler": "targetRef",
}
"""The kinds that scale a workload, and where they name it."""


class AutoscalerTargetMissing(ObjectRule):
    """An autoscaler scales a workload that the chart does not render.

    ## Why
    The autoscaler reports `FailedGetScale` and nothing is ever scaled. The usual causes are a name that was built
    differently in two templates, a workload that became a StatefulSet, and a HorizontalPodAutoscaler that does not say
    the `apiVersion` of its target, without which nothing is found. HorizontalPodAutoscalers, KEDA's ScaledObjects and
    VerticalPodAutoscalers are looked at.

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

    ## Bad: no apiVersion
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 5
      scaleTargetRef: # here
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

    ## Options
    - `outside` (default true): workloads of kinds that are not Kubernetes' own may be made by others, and any workload
      where pods are not all rendered. Otherwise every target must be rendered.
    """

    id = "autoscaler-target-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset(_TARGETS)
    options: OutsideOptions = OutsideOptions()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up the target among the rendered workloads."""
        field = _TARGETS[obj.kind]
        target = mapping(obj.body, "spec", field)
        kind, name = text(target, "kind") or "Deployment", text(target, "name")
        if not name or (self.options.outside and not (kind in CONTROLLERS and pods_are_known(ctx))):
            return
        there = find(kind, name, "" if self.options.outside else namespace(obj, ctx), ctx)
        version = text(target, "apiVersion")
        is_core = there is not None and "/" not in there.api_version
        if there is None:
            known = ", ".join(one.ref for one, _ in ctx.pods if one.kind in CONTROLLERS)
            yield self.fault(
                Place.on(obj, Pointer(("spec", field, "name"))),
                f"scales {kind}/{name}, which the chart does not render",
                help=f"it renders: {known or 'no workload'}",
            )
        elif not version and obj.kind == "HorizontalPodAutoscaler" and not is_core:
            yield self.fault(
                Place.on(obj, Pointer(("spec", field)), key=True),
                f"scales {there.ref} without saying apiVersion, and Kubernetes knows no {kind} that has no group",
                help=f"set apiVersion to {there.api_version}",
            )
        elif version and version != there.api_version:
            yield self.fault(
                Place.on(obj, Pointer(("spec", field, "apiVersion"))),
                f"scales a {kind} of {version}, and {there.ref} is one of {there.api_version}",
                help=f"set apiVersion to {there.api_version}",
            )
