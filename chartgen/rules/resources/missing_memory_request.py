"""Containers the scheduler believes to need no memory."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.resources._requests import ResourceOptions, amount, lacking


class MissingMemoryRequest(PodRule):
    """A container does not say how much memory it needs.

    ## Why
    The scheduler counts requests, not use: it fills a node with such pods until its memory is gone, and they are
    the first to be evicted then. A memory limit alone counts, because it becomes the request. Init containers and
    hooks, which end, are not asked.

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
                  cpu: 500m
            - name: proxy # here
              image: example/proxy:1.2.0
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

    id = "missing-memory-request"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    hooks = False
    options: ResourceOptions = ResourceOptions()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask each container that is judged."""
        for container in lacking(pod, self.options, "requests", "memory"):
            yield self.fault(
                Place.on(obj, container.at("resources", "requests", "memory")),
                f"{container.title} has no memory request",
                help="set resources.requests.memory to what it uses on an ordinary day",
                fix=amount(container, "requests", "memory", "128Mi"),
            )
