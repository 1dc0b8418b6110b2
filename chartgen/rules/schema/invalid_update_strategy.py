"""Ways to update a workload that Kubernetes refuses."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping
from chartgen.kube.quantity import is_integer
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema._reach import is_own


class InvalidUpdateStrategy(ObjectRule):
    """A workload's way to be updated contradicts itself.

    ## Why
    The API server refuses the object (ValidateDeploymentStrategy, ValidateRollingUpdateDeployment,
    ValidateRollingUpdateDaemonSet, ValidateStatefulSetSpec), and no schema says so: `rollingUpdate: Forbidden: may not
    be specified when strategy type is 'Recreate'`. It usually comes from a default in values.yaml and another type laid
    over it, which merges the two; set `rollingUpdate` to null there. Pods are replaced by stopping one or by starting
    one more, so not both numbers may be 0, and a DaemonSet takes one of the two.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      strategy:
        type: Recreate
        rollingUpdate: # here
          maxSurge: 1
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: api
    spec:
      strategy:
        rollingUpdate:
          maxSurge: 0
          maxUnavailable: 0 # here
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      updateStrategy:
        rollingUpdate:
          maxSurge: 1 # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      strategy:
        type: Recreate
        rollingUpdate: null
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: api
    spec:
      strategy:
        rollingUpdate:
          maxSurge: 1
          maxUnavailable: 0
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      updateStrategy:
        rollingUpdate:
          maxSurge: 1
          maxUnavailable: 0
    ```
    """

    id = "invalid-update-strategy"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Deployment", "DaemonSet", "StatefulSet"})
    keys = ("rollingUpdate",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the type, and at how many pods may be missing or too many; a type that is none is another rule's."""
        field = "strategy" if obj.kind == "Deployment" else "updateStrategy"
        strategy = mapping(obj.body, "spec", field)
        rolling = strategy.get("rollingUpdate")
        if not is_own(obj) or not isinstance(rolling, dict):
            return
        place = Place.on(obj, Pointer(("spec", field, "rollingUpdate")))
        kind = strategy.get("type") or "RollingUpdate"
        if (obj.kind, kind) in (("Deployment", "Recreate"), ("StatefulSet", "OnDelete")):
            yield self.fault(
                place,
                f"has rollingUpdate and type {kind}",
                help="remove rollingUpdate; a default in values.yaml is removed by setting it to null",
            )
        elif kind == "RollingUpdate" and obj.kind != "StatefulSet":
            is_daemon = obj.kind == "DaemonSet"
            surge = _number(rolling.get("maxSurge"), default=0 if is_daemon else 25)
            missing = _number(rolling.get("maxUnavailable"), default=1 if is_daemon else 25)
            if surge == 0 and missing == 0:
                at = Pointer(("spec", field, "rollingUpdate", "maxUnavailable"))
                yield self.fault(Place.on(obj, at), "has maxSurge 0 and maxUnavailable 0", help="set one of them to 1")
            elif is_daemon and surge and missing:
                at = Pointer(("spec", field, "rollingUpdate", "maxSurge"))
                said = "has maxSurge, and maxUnavailable is not 0; unset, it is 1"
                yield self.fault(Place.on(obj, at), said, help="set maxUnavailable: 0")


def _number(value: Any, *, default: int) -> int | None:
    """A number or the one in a percentage; None for what is neither."""
    if value is None:
        return default
    if is_integer(value):
        return value
    return int(value[:-1]) if isinstance(value, str) and value.endswith("%") and value[:-1].isdecimal() else None
