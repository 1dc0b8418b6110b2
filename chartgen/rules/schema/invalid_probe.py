"""Probes and hooks of containers that Kubernetes refuses."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get
from chartgen.kube.quantity import is_integer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc", "sleep")


class InvalidProbe(PodRule):
    """A probe or lifecycle hook does nothing, or has a number that Kubernetes refuses.

    ## Why
    The API server refuses the pod: `must specify a handler type`, `successThreshold: must be 1` (validateHandler,
    validateProbe, validateLivenessProbe). No schema says so. A probe without a handler usually comes from `toYaml` of a
    value from which only the timing is left; to have no probe, leave the whole field out.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          livenessProbe: # here
            periodSeconds: 5
          readinessProbe:
            exec: # here
              command: []
          startupProbe:
            tcpSocket: {port: 8080}
            successThreshold: 2 # here
          lifecycle:
            preStop: {} # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
          livenessProbe:
            periodSeconds: 5
            tcpSocket: {port: 8080}
          readinessProbe:
            tcpSocket: {port: 8080}
            successThreshold: 2
          lifecycle: {}
    ```
    """

    id = "invalid-probe"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("startupProbe", "readinessProbe", "livenessProbe", "lifecycle")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the probes and hooks of each container; ``null`` is none."""
        for container in pod.containers:
            for path in (
                *(("startupProbe",), ("readinessProbe",), ("livenessProbe",)),
                *(("lifecycle", "postStart"), ("lifecycle", "preStop")),
            ):
                action = get(container.body, *path)
                if isinstance(action, dict):
                    for field, said, cure in (*_does_nothing(action), *_numbers(path[0], action)):
                        place = Place.on(obj, container.at(*path, *field))
                        yield self.fault(place, f"the {path[-1]} of {container.title} {said}", help=cure)


_Wrong = tuple[tuple[str, ...], str, str]
"""Where in a probe or hook something is wrong, what, and what to do."""


def _does_nothing(action: dict[str, Any]) -> Iterator[_Wrong]:
    if all(action.get(key) is None for key in _HANDLERS):
        yield (), "does nothing", "set one of exec, httpGet, tcpSocket and grpc, or leave the whole field out"
    elif isinstance(action.get("exec"), dict) and get(action, "exec", "command") in (None, []):
        yield ("exec",), "runs no command", "set exec.command"


def _numbers(kind: str, probe: dict[str, Any]) -> Iterator[_Wrong]:
    if kind == "lifecycle":
        return
    for key in ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"):
        if is_integer(value := probe.get(key)) and value < 0:
            yield (key,), f"has {key} {value}", "set a number that is not negative"
    # 0 means the default, which is 1.
    if kind != "readinessProbe" and is_integer(value := probe.get("successThreshold")) and value > 1:
        yield ("successThreshold",), f"has successThreshold {value}, and only a readinessProbe may", "remove it"
    if (grace := probe.get("terminationGracePeriodSeconds")) is not None:
        if kind == "readinessProbe":
            yield ("terminationGracePeriodSeconds",), "has a grace period, and it never stops a container", "remove it"
        elif is_integer(grace) and grace <= 0:
            yield ("terminationGracePeriodSeconds",), f"has a grace period of {grace} s", "set at least 1"
