"""Containers that are restarted when they should only be spared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, PodSpec, get, mapping
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_HANDLERS = ("httpGet", "tcpSocket", "exec", "grpc")


class IdenticalProbes(PodRule):
    """A container's liveness probe asks what its readiness probe asks, and gives up as soon.

    ## Why
    A pod that is not ready gets no requests and can recover. When liveness fails at the same moment it is restarted
    instead: a short overload takes every replica down, and the survivors get the rest. Liveness must be more
    patient than readiness, or ask something simpler. Patience is `failureThreshold` (3) times `periodSeconds` (10).

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
              livenessProbe: # here
                httpGet:
                  path: /healthz
                  port: 8080
              readinessProbe:
                httpGet:
                  path: /healthz
                  port: 8080
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
              livenessProbe:
                httpGet:
                  path: /healthz
                  port: 8080
                failureThreshold: 6
              readinessProbe:
                httpGet:
                  path: /healthz
                  port: 8080
    ```
    """

    id = "identical-probes"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = CONTROLLERS
    hooks = False

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare what the two probes ask, and how long each waits."""
        for container in pod.containers:
            liveness = mapping(container.body, "livenessProbe")
            readiness = mapping(container.body, "readinessProbe")
            handlers = [handler for handler in _HANDLERS if liveness.get(handler)]
            if not handlers or any(liveness.get(handler) != readiness.get(handler) for handler in _HANDLERS):
                continue
            if _patience(liveness) <= _patience(readiness):
                yield self.fault(
                    Place.on(obj, container.at("livenessProbe"), key=True),
                    f"{container.title} is restarted as soon as it is not ready: both probes ask the same thing",
                    help="give the liveness probe a larger failureThreshold, or something simpler to ask",
                )


def _patience(probe: Mapping[str, Any]) -> int:
    """Seconds from the first failure until the probe counts as failed."""
    period, failures = get(probe, "periodSeconds"), get(probe, "failureThreshold")
    return (period if isinstance(period, int) else 10) * (failures if isinstance(failures, int) else 3)
