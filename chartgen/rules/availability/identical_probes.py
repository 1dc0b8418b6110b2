"""Containers that are restarted when they should only be spared."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec, get, mapping
from chartgen.rules.availability._serving import Workloads, is_among
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple

_HANDLERS = ("httpGet", "tcpSocket", "exec", "grpc")


class Options(NamedTuple):
    """What counts as identical, and whose probes are compared."""

    ignore_patience: bool = False
    workloads: Workloads = "controllers"


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

    ## Options
    - `ignore-patience` (default false): probes that ask the same thing are reported even when liveness waits longer.
    - `workloads` (default `controllers`): `controllers` judges Deployments, StatefulSets, DaemonSets and ReplicaSets,
      `pods` bare Pods too, `all` Jobs and CronJobs as well.
    """

    id = "identical-probes"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    hooks = False
    keys = ("livenessProbe",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare what the two probes ask, and how long each waits."""
        if not is_among(obj, self.options.workloads):
            return
        for container in pod.containers:
            liveness = mapping(container.body, "livenessProbe")
            readiness = mapping(container.body, "readinessProbe")
            handlers = [handler for handler in _HANDLERS if liveness.get(handler)]
            if not handlers or any(liveness.get(handler) != readiness.get(handler) for handler in _HANDLERS):
                continue
            is_as_patient = _patience(liveness) <= _patience(readiness)
            if is_as_patient or self.options.ignore_patience:
                when = "as soon as" if is_as_patient else "some time after"
                yield self.fault(
                    Place.on(obj, container.at("livenessProbe"), key=True),
                    f"{container.title} is restarted {when} it is not ready: both probes ask the same thing",
                    help="give the liveness probe a larger failureThreshold, or something simpler to ask",
                    fix=None if self.options.ignore_patience else _fix(container, liveness, readiness),
                )


def _patience(probe: Mapping[str, Any]) -> int:
    """Seconds from the first failure until the probe counts as failed."""
    period, failures = get(probe, "periodSeconds"), get(probe, "failureThreshold")
    return (period if isinstance(period, int) else 10) * (failures if isinstance(failures, int) else 3)


def _fix(container: Container, liveness: Mapping[str, Any], readiness: Mapping[str, Any]) -> Fix:
    """Twice the patience of the readiness probe, in whole periods."""
    period = get(liveness, "periodSeconds")
    failures = 2 * _patience(readiness) // (period if isinstance(period, int) and period > 0 else 10) + 1
    wanted = SetField(container.at("livenessProbe", "failureThreshold"), failures)
    return Fix(f"let the liveness probe fail {failures} times", (wanted,), safe=False)
