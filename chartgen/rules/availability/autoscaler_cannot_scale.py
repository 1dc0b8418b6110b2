"""Autoscalers without room to scale."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class AutoscalerCannotScale(ObjectRule):
    """An autoscaler's maximum is no larger than its minimum.

    ## Why
    With both equal the autoscaler does nothing but hide `replicas`. With the maximum below the minimum the API refuses
    it: `must be greater than or equal to minReplicas`.

    ## Bad
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      minReplicas: 3
      maxReplicas: 3 # here
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
    ---
    apiVersion: keda.sh/v1alpha1
    kind: ScaledObject
    metadata:
      name: worker
    spec:
      minReplicaCount: 5
      maxReplicaCount: 3 # here
      scaleTargetRef:
        name: worker
    ```

    ## Good
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      minReplicas: 3
      maxReplicas: 6
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web
    ```
    """

    id = "autoscaler-cannot-scale"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"HorizontalPodAutoscaler", "ScaledObject"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the two numbers; KEDA's maximum is 100 when unset, a HorizontalPodAutoscaler's must be set."""
        low, high = _FIELDS[obj.kind]
        least, most = get(obj.body, "spec", low), get(obj.body, "spec", high)
        least = _LEAST[obj.kind] if least is None else least
        if isinstance(least, int) and isinstance(most, int) and most <= least:
            yield self.fault(
                Place.on(obj, Pointer(("spec", high))),
                f"{high} is {most} and {low} {least}: there is nothing to scale",
                help=f"raise {high}, or set replicas instead of an autoscaler",
                severity=Severity.ERROR if most < least else None,
            )


_FIELDS = {
    "HorizontalPodAutoscaler": ("minReplicas", "maxReplicas"),
    "ScaledObject": ("minReplicaCount", "maxReplicaCount"),
}

_LEAST = {"HorizontalPodAutoscaler": 1, "ScaledObject": 0}
