"""Workloads that two autoscalers pull at."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.rules.lookup import namespace


class CompetingAutoscalers(ScenarioRule):
    """Two autoscalers scale the same workload.

    ## Why
    Each sets `replicas` to what it thinks right, and the other one sets it back: pods come and go for ever. The
    HorizontalPodAutoscaler reports `AmbiguousSelector` and may stop altogether. KEDA makes a HorizontalPodAutoscaler of
    its own for every ScaledObject.

    ## Bad
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 5
      scaleTargetRef:
        kind: Deployment
        name: web
    ---
    apiVersion: keda.sh/v1alpha1
    kind: ScaledObject
    metadata:
      name: web
    spec:
      scaleTargetRef: # here
        name: web
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
        kind: Deployment
        name: web
    ---
    apiVersion: keda.sh/v1alpha1
    kind: ScaledObject
    metadata:
      name: worker
    spec:
      scaleTargetRef:
        name: worker
    ```
    """

    id = "competing-autoscalers"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"HorizontalPodAutoscaler", "ScaledObject", "VerticalPodAutoscaler"})

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each autoscaler whose target another one had before; a vertical one only competes with its like."""
        seen: dict[tuple[object, ...], RenderedObject] = {}
        for obj in ctx.of_kind(*self.kinds):
            field = "targetRef" if obj.kind == "VerticalPodAutoscaler" else "scaleTargetRef"
            target = mapping(obj.body, "spec", field)
            kind, name = text(target, "kind") or "Deployment", text(target, "name")
            key = (field, namespace(obj, ctx), kind, name)
            first = seen.setdefault(key, obj)
            if name and first is not obj:
                yield self.fault(
                    Place.on(obj, Pointer(("spec", field)), key=True),
                    f"scales {kind}/{name}, which {first.ref} scales already",
                    help="keep one of the two",
                    related=((Place.on(first, key=True), "the other autoscaler"),),
                )
