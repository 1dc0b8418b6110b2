"""Pods that are evicted before all others."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, mapping
from chartgen.kube.quantity import parse
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.resources._requests import is_unset
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The least class a pod may have."""

    at_least: Literal["burstable", "guaranteed"] = "burstable"


class LowQualityOfService(PodRule):
    """A pod's quality of service is too low, because its containers ask for too little.

    ## Why
    Kubernetes gives every pod a class by its resources. `BestEffort` (no container requests or limits anything) is
    evicted first whenever a node is short of memory; `Burstable` next; `Guaranteed` (every container's CPU and memory
    limited, and requested as limited) last. The class is fixed when the pod starts.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec: # here
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Bad: not guaranteed
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec: # here
          containers:
            - name: web
              image: example/web:1.2.0
              resources:
                limits:
                  memory: 128Mi
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      low-quality-of-service:
        at-least: guaranteed
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
    - `at-least` (default `burstable`): the least class that a pod may have, `burstable` or `guaranteed`.
    """

    id = "low-quality-of-service"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    hooks = False
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Work out the class as the kubelet does; what a pod has as a whole replaces its containers'."""
        bodies = [pod.body] if mapping(pod.body, "resources") else [container.body for container in pod.containers]
        found = _class(bodies)
        if found == "BestEffort" or (found == "Burstable" and self.options.at_least == "guaranteed"):
            yield self.fault(
                Place.on(obj, pod.pointer, key=True),
                f"its pods are {found}",
                help="give every container requests"
                if self.options.at_least == "burstable"
                else "limit CPU and memory of every container, and request as much",
            )


def _class(bodies: Sequence[Mapping[str, Any]]) -> str:
    amounts = [
        (get(body, "resources", "requests", resource), get(body, "resources", "limits", resource))
        for body in bodies
        for resource in ("cpu", "memory")
    ]
    if all(is_unset(asked) and is_unset(most) for asked, most in amounts):
        return "BestEffort"
    same = (not is_unset(most) and (asked is None or parse(asked) == parse(most)) for asked, most in amounts)
    return "Guaranteed" if all(same) else "Burstable"
