"""HorizontalPodAutoscalers that Kubernetes refuses."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, items
from chartgen.kube.quantity import parse
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class InvalidAutoscaler(ObjectRule):
    """A metric of a HorizontalPodAutoscaler has no target, two of them, or none that is positive.

    ## Why
    The API server refuses the object (validateMetricSpec, validateResourceSource, validateMetricTarget): `must set
    either a target raw value or a target utilization`. No schema says so. Each metric has one source, called like its
    type, and that a target: `averageUtilization` or `averageValue` for `Resource` and `ContainerResource`,
    `averageValue` for `Pods`, `value` or `averageValue` for `Object` and `External`.

    ## Bad
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 5
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      metrics:
        - type: Resource
          resource:
            name: cpu
            target: # here
              type: Utilization
        - type: Resource
          resource:
            name: memory
            target:
              type: Utilization
              averageUtilization: 0 # here
        - type: Pods # here
    ```

    ## Good
    ```yaml
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 5
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      metrics:
        - type: Resource
          resource:
            name: cpu
            target:
              type: Utilization
              averageUtilization: 80
    ```
    """

    id = "invalid-autoscaler"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"HorizontalPodAutoscaler"})
    keys = ("metrics",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at each metric of version 2; a type that is none is ``unsupported-value``."""
        if obj.api_version != "autoscaling/v2":
            return
        for index, metric in enumerate(items(obj.body, "spec", "metrics")):
            for at, said, cure in _metric(metric) if isinstance(metric, dict) else ():
                yield self.fault(Place.on(obj, Pointer(("spec", "metrics", index, *at))), said, help=cure)


_SOURCES = {
    "Resource": ("resource", ("averageUtilization", "averageValue")),
    "ContainerResource": ("containerResource", ("averageUtilization", "averageValue")),
    "Pods": ("pods", ("averageValue",)),
    "Object": ("object", ("value", "averageValue")),
    "External": ("external", ("value", "averageValue")),
}
"""For each type of metric the field that holds it, and what may be its target."""

_Wrong = tuple[tuple[str, ...], str, str]


def _metric(metric: dict[str, Any]) -> Iterator[_Wrong]:
    kind = metric.get("type")
    if not isinstance(kind, str) or kind not in _SOURCES:
        return
    field, targets = _SOURCES[kind]
    if metric.get(field) is None:
        yield (), f"a metric of type {kind} has no {field}", f"set {field}"
        return
    for other, _ in _SOURCES.values():
        if other != field and metric.get(other) is not None:
            yield (other,), f"a metric of type {kind} has {other}", f"remove {other}"
    target = get(metric, field, "target")
    if not isinstance(target, dict):
        return  # the schema requires it
    given = [name for name in targets if target.get(name) is not None]
    at, what = (field, "target"), f"the target of a metric of type {kind}"
    if not given:
        yield at, f"{what} has no {' and no '.join(targets)}", f"set {targets[0]}"
    elif len(given) > 1 and kind != "Object":
        yield at, f"{what} has {' and '.join(given)}", "remove one of the two"
    for name in ("averageUtilization", "averageValue", "value"):
        if (amount := parse(target.get(name))) is not None and amount <= 0:
            yield (*at, name), f"{what} has {name} {target[name]}", "set a number above 0"
