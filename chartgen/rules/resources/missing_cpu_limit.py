"""Containers that may take all the CPU nobody else uses."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.resources._requests import ResourceOptions, amount, lacking


class MissingCpuLimit(PodRule):
    """A container may use all the CPU of its node.

    ## Why
    Where tenants pay for what they are given, or where load must be the same on every node, CPU is limited. Elsewhere a
    limit mostly does harm: it throttles a container while its node has CPU to spare, and requests share CPU fairly
    already. This rule is therefore off unless it is asked for; `cpu-limited` is its opposite.

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
                  cpu: 100m
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
                  cpu: "1"
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

    id = "missing-cpu-limit"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    hooks = False
    options: ResourceOptions = ResourceOptions()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask each container that is judged."""
        for container in lacking(pod, self.options, "limits", "cpu"):
            yield self.fault(
                Place.on(obj, container.at("resources", "limits", "cpu")),
                f"{container.title} has no CPU limit",
                help="set resources.limits.cpu",
                fix=amount(container, "limits", "cpu", "500m"),
            )
