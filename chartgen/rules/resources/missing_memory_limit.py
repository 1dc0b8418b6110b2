"""Containers that may take a node's memory."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.resources._requests import ResourceOptions, amount, lacking


class MissingMemoryLimit(PodRule):
    """A container may use all the memory of its node.

    ## Why
    A leak in one container without a limit takes the memory of its whole node, and the kernel then kills whichever
    process it picks. With a limit only the leaking container is restarted. A limit on CPU is another matter: it
    throttles, and no rule asks for one. Init containers and hooks, which end, are not asked.

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
                requests:
                  memory: 128Mi
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
                limits:
                  memory: 256Mi
    ```

    ## Options
    - `containers` (default `long-running`): `long-running` judges main containers and sidecars, `main` main containers
      only, `all` init containers too.
    - `explicit` (default false): only a limit that the container itself names counts, and one of 0 does not. By default
      the limits of the pod as a whole count.
    - `zero` (default false): with `explicit`, 0 counts as well.
    - `skip-partial` (default false): containers that have `resources`, if only an empty one, without any `limits` are
      passed over.
    """

    id = "missing-memory-limit"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    hooks = False
    options: ResourceOptions = ResourceOptions()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask each container that is judged."""
        for container in lacking(pod, self.options, "limits", "memory"):
            yield self.fault(
                Place.on(obj, container.at("resources", "limits", "memory")),
                f"{container.title} has no memory limit",
                help="set resources.limits.memory",
                fix=amount(container, "limits", "memory", "256Mi"),
            )
