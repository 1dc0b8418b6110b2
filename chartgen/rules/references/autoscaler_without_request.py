"""Autoscalers that cannot compute a utilisation."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, items, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class AutoscalerWithoutRequest(ObjectRule):
    """A HorizontalPodAutoscaler scales on a share of a request that the containers do not make.

    ## Why
    Utilisation is a percentage of the request. When one container of the pod requests no CPU (or memory), the
    autoscaler reports `FailedGetResourceMetric` and never scales. A limit alone counts as a request of the same size.

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
      metrics:
        - type: Resource
          resource:
            name: cpu # here
            target:
              type: Utilization
              averageUtilization: 80
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
        kind: Deployment
        name: web
      metrics:
        - type: Resource
          resource:
            name: cpu
            target:
              type: Utilization
              averageUtilization: 80
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
              resources:
                requests:
                  cpu: 100m
    ```
    """

    id = "autoscaler-without-request"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"HorizontalPodAutoscaler"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the resource metrics with the requests of the target's containers."""
        target = mapping(obj.body, "spec", "scaleTargetRef")
        for workload, pod in ctx.pods:
            if workload.kind == target.get("kind") and workload.name == target.get("name"):
                for pointer, resource, only in _utilisations(obj):
                    lacking = _without_request(pod, resource, only)
                    if lacking:
                        yield self.fault(
                            Place.on(obj, pointer),
                            f"scales on {resource} utilisation, but {workload.ref} requests no {resource} in {lacking}",
                            help=f"set resources.requests.{resource} of every container",
                        )


def _utilisations(obj: RenderedObject) -> Iterator[tuple[Pointer, str, str]]:
    """Each metric that is a share of a request: its place, the resource, and the one container it is about, if any."""
    spec = Pointer(("spec",))
    if "targetCPUUtilizationPercentage" in mapping(obj.body, "spec"):
        yield spec / "targetCPUUtilizationPercentage", "cpu", ""
    for index, metric in enumerate(items(obj.body, "spec", "metrics")):
        for key in ("resource", "containerResource"):
            body = mapping(metric, key)
            share = body.get("targetAverageUtilization", mapping(body, "target").get("averageUtilization"))
            if share is not None:
                yield spec / "metrics" / index / key / "name", text(body, "name"), text(body, "container")


def _without_request(pod: PodSpec, resource: str, only: str) -> str:
    """The containers that request none of a resource, as words; ``""`` when all do."""
    names = []
    for container in pod.containers:
        if not container.long_running or (only and container.name != only):
            continue
        resources = mapping(container.body, "resources")
        if all(mapping(resources, part).get(resource) is None for part in ("requests", "limits")):
            names.append(repr(container.name))
    return ", ".join(names)
