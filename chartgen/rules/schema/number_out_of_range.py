"""Numbers outside the range that Kubernetes allows."""

import re
from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, pod_spec
from chartgen.kube.quantity import is_integer
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema._numbers import COUNTS, IN_OBJECTS, IN_PODS, KEYS, MODES
from chartgen.rules.schema._reach import in_pod, is_own, reach


class NumberOutOfRange(ObjectRule):
    """A number is outside the range that Kubernetes allows for its field.

    ## Why
    The API server refuses the object: `must be greater than or equal to 0`, `must be a number between 0 and 0777
    (octal)`. It judges these numbers in its code, and no schema names their bounds: replicas, deadlines, limits of
    histories, weights, users, and the modes of files, where `777` is a decimal number and means `01411`.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: -1 # here
      progressDeadlineSeconds: 60 # here
      minReadySeconds: 60
      template:
        spec:
          containers: []
          volumes:
            - name: settings
              configMap:
                name: web
                defaultMode: 777 # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 0
      progressDeadlineSeconds: 120
      minReadySeconds: 60
      template:
        spec:
          containers: []
          volumes:
            - name: settings
              configMap:
                name: web
                defaultMode: 0777
    ```
    """

    id = "number-out-of-range"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = KEYS

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Hold each number against its bounds."""
        if not is_own(obj):
            return
        for at, value, (least, most) in _found(obj):
            if is_integer(value) and not (least <= value and (most is None or value <= most)):
                allowed = f"at least {least}" if most is None else f"{least} to {most}"
                cure = f"choose a number that is {allowed}" if most is None else f"choose a number from {allowed}"
                if (least, most) == MODES:
                    allowed, cure = "0 to 511, which is 0777", "write the mode with a 0 in front, as in 0644"
                yield self.fault(
                    Place.on(obj, at), f"{at.dotted} is {value}, where Kubernetes allows {allowed}", help=cure
                )
        for path in COUNTS.get(obj.kind, ()):
            for at, value in reach(obj.body, path):
                if isinstance(value, str) and value and not re.fullmatch("[0-9]+%", value):
                    yield self.fault(
                        Place.on(obj, at),
                        f"{at.dotted} is {value!r}, where Kubernetes takes a number or a percentage",
                        help="leave out the quotes" if value.isdecimal() else "write it as in 1 or 25%",
                    )
        if obj.kind == "Deployment":
            yield from self._progress(obj)

    def _progress(self, obj: RenderedObject) -> Iterator[Fault]:
        """A Deployment's deadline must leave its pods the time to become ready (ValidateDeploymentSpec)."""
        ready, deadline = get(obj.body, "spec", "minReadySeconds"), get(obj.body, "spec", "progressDeadlineSeconds")
        deadline = 600 if deadline is None else deadline
        if is_integer(ready) and is_integer(deadline) and 0 <= deadline <= ready:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "progressDeadlineSeconds"))),
                f"progressDeadlineSeconds is {deadline}, which must be more than minReadySeconds, {ready}",
                help=f"set progressDeadlineSeconds to more than {ready}",
            )


def _found(obj: RenderedObject) -> Iterator[tuple[Pointer, Any, tuple[int, int | None]]]:
    for path, bounds in IN_OBJECTS.get(obj.kind, {}).items():
        for at, value in reach(obj.body, path):
            yield at, value, bounds
    if pod := pod_spec(obj.kind, obj.body):
        for path, bounds in IN_PODS.items():
            for at, value in in_pod(pod, path):
                yield at, value, bounds
