"""Containers that ask for more, or less, than an organization allows."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import Container, PodSpec, get
from chartgen.kube.quantity import parse
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The bounds, as quantities; an empty one is none. Ratios are percentages of the request, 0 is none."""

    cpu_request_min: str = ""
    cpu_request_max: str = ""
    cpu_limit_min: str = ""
    cpu_limit_max: str = ""
    memory_request_min: str = ""
    memory_request_max: str = ""
    memory_limit_min: str = ""
    memory_limit_max: str = ""
    cpu_ratio_max: int = 0
    memory_ratio_max: int = 0


class ResourcesOutOfRange(PodRule):
    """A container's request or limit is outside the range that is allowed.

    ## Why
    A request larger than any node leaves the pod pending for ever; one far below what is used lets the scheduler
    overfill nodes. A namespace with a LimitRange refuses the pod. The bounds belong to a cluster, so there are none by
    default: name them in the policy file.

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
              resources:
                requests:
                  cpu: "8" # here
                  memory: 64Mi
                limits:
                  memory: 512Mi # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      resources-out-of-range:
        cpu-request-max: "4"
        memory-ratio-max: 200
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
                  cpu: "2"
                  memory: 256Mi
                limits:
                  memory: 512Mi
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      resources-out-of-range:
        cpu-request-max: "4"
        memory-ratio-max: 200
    ```

    ## Options
    - `cpu-request-min` (default none): the least CPU a container may request, as a quantity (`50m`).
    - `cpu-request-max` (default none): the most.
    - `cpu-limit-min` (default none): the least its CPU may be limited to.
    - `cpu-limit-max` (default none): the most.
    - `memory-request-min` (default none): the least memory a container may request (`32Mi`).
    - `memory-request-max` (default none): the most.
    - `memory-limit-min` (default none): the least its memory may be limited to.
    - `memory-limit-max` (default none): the most.
    - `cpu-ratio-max` (default none): the CPU limit in percent of the request, at most.
    - `memory-ratio-max` (default none): the memory limit in percent of the request, at most.
    """

    id = "resources-out-of-range"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    keys = ("requests", "limits")
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare every amount that is set with its bounds."""
        for container in pod.containers:
            for resource in ("cpu", "memory"):
                for part in ("request", "limit"):
                    where = container.at("resources", part + "s", resource)
                    amount = get(container.body, "resources", part + "s", resource)
                    for word in self._excesses(resource, part, amount):
                        message = f"the {resource} {part} of {container.title} is {amount}, {word}"
                        yield self.fault(Place.on(obj, where), message, help="choose an amount within the bounds")
                yield from self._ratio(obj, container, resource)

    def _excesses(self, resource: str, part: str, amount: Any) -> Iterator[str]:
        size = parse(amount)
        bounds = {side: getattr(self.options, f"{resource}_{part}_{side}") for side in ("min", "max")}
        least, most = parse(bounds["min"]), parse(bounds["max"])
        if size is not None and least is not None and size < least:
            yield f"less than {bounds['min']}"
        if size is not None and most is not None and size > most:
            yield f"more than {bounds['max']}"

    def _ratio(self, obj: RenderedObject, container: Container, resource: str) -> Iterator[Fault]:
        most = getattr(self.options, f"{resource}_ratio_max")
        asked = parse(get(container.body, "resources", "requests", resource))
        limit = parse(get(container.body, "resources", "limits", resource))
        if most and asked and limit is not None and limit * 100 > asked * most:
            yield self.fault(
                Place.on(obj, container.at("resources", "limits", resource)),
                f"the {resource} limit of {container.title} is {limit * 100 / asked:.0f} % of its request,"
                f" more than {most} %",
                help="raise the request or lower the limit",
            )
