"""Containers the API refuses because they may use less than they ask for."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec, mapping
from chartgen.kube.quantity import parse
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class LimitBelowRequest(PodRule):
    """A container's limit is smaller than its request.

    ## Why
    The API refuses the pod: `Invalid value: "256Mi": must be less than or equal to memory limit of 128Mi`. A
    Deployment is accepted all the same, and its pods never appear; only the events of its ReplicaSet tell why.

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
                  memory: 256Mi
                limits:
                  memory: 128Mi # here
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
                  memory: 256Mi
                limits:
                  memory: 0.25Gi
    ```
    """

    id = "limit-below-request"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("limits",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the two for every resource of every container."""
        for container in pod.containers:
            requested = mapping(container.body, "resources", "requests")
            for resource, limit in mapping(container.body, "resources", "limits").items():
                most, asked = parse(limit), parse(requested.get(resource))
                if most is not None and asked is not None and most < asked:
                    yield self.fault(
                        Place.on(obj, container.at("resources", "limits", resource)),
                        f"{container.title} requests {requested[resource]} of {resource} and is limited to {limit}",
                        help="raise the limit or lower the request",
                        fix=Fix(
                            f"raise the {resource} limit to the request",
                            (SetField(container.at("resources", "limits", resource), requested[resource]),),
                            safe=False,
                        ),
                        related=(
                            (Place.on(obj, container.at("resources", "requests", resource)), "the larger request"),
                        ),
                    )
