"""Pods that push others aside."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import named
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The classes a pod may have."""

    allowed: tuple[str, ...] = ()


class ForbiddenPriorityClass(PodRule):
    """A pod has a priority class that is not allowed.

    ## Why
    A class decides whose pods are evicted when a cluster is full. A chart that takes the highest for itself, or one of
    the two that belong to the system, pushes others aside; one that names a class which does not exist is refused.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          priorityClassName: system-node-critical # here
          containers: []
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      forbidden-priority-class:
        allowed: [production, batch]
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
          priorityClassName: production
          containers: []
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      forbidden-priority-class:
        allowed: [production, batch]
    ```

    ## Options
    - `allowed` (default none): the classes that are allowed.
    """

    id = "forbidden-priority-class"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    keys = ("priorityClassName",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look the class up in the list; a pod without one is another rule's matter."""
        name = text(pod.body, "priorityClassName").strip()
        if name and name not in self.options.allowed:
            yield self.fault(
                Place.on(obj, pod.at("priorityClassName")),
                f"has the priority class {name!r}, which is not allowed",
                help=f"allowed: {named(self.options.allowed)}",
            )
