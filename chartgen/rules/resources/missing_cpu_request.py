"""Containers the scheduler believes to need no CPU."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.resources._requests import ResourceOptions, amount, lacking


class MissingCpuRequest(PodRule):
    """A container does not say how much CPU it needs.

    ## Why
    The scheduler counts requests, not use: a pod without one fits on every node, however full, and gets the
    smallest share of its CPU when that is scarce. A HorizontalPodAutoscaler on CPU does nothing without requests. A
    CPU limit alone counts, because it becomes the request. Init containers and hooks, which end, are not asked.

    ## Bad
    ```yaml
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
              resources: # here
                limits:
                  memory: 128Mi
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
          containers:
            - name: web
              image: example/web:1.2.0
              resources:
                requests:
                  cpu: 100m
                limits:
                  memory: 128Mi
    ```

    ## Options
    - `containers` (default `long-running`): `long-running` judges main containers and sidecars, `main` main containers
      only, `all` init containers too.
    - `explicit` (default false): only a request that the container itself names counts, and one of 0 does not. By
      default its limit counts, and the resources of the pod as a whole.
    - `zero` (default false): with `explicit`, 0 counts as well.
    - `skip-partial` (default false): containers that have `resources`, if only an empty one, without any `requests` are
      passed over.
    """

    id = "missing-cpu-request"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    hooks = False
    options: ResourceOptions = ResourceOptions()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask each container that is judged."""
        for container in lacking(pod, self.options, "requests", "cpu"):
            yield self.fault(
                Place.on(obj, container.at("resources", "requests", "cpu")),
                f"{container.title} has no CPU request",
                help="set resources.requests.cpu to what it uses on an ordinary day",
                fix=amount(container, "requests", "cpu", "100m"),
            )
