"""Disruption budgets that say nothing, or two things."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class EmptyDisruptionBudget(ObjectRule):
    """A PodDisruptionBudget sets neither minAvailable nor maxUnavailable, or both.

    ## Why
    Without either it protects nothing, though it is there; with both the API refuses it.

    ## Bad
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec: # here
      selector:
        matchLabels:
          app: web
    ```

    ## Good
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchLabels:
          app: web
    ```
    """

    id = "empty-disruption-budget"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"PodDisruptionBudget"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Count the two; ``null`` counts as unset."""
        spec = mapping(obj.body, "spec")
        given = [key for key in ("minAvailable", "maxUnavailable") if spec.get(key) is not None]
        if len(given) == 2:
            place = Place.on(obj, Pointer(("spec", "maxUnavailable")))
            yield self.fault(place, "sets both minAvailable and maxUnavailable", help="remove one of the two")
        elif not given:
            place = Place.on(obj, Pointer(("spec", "maxUnavailable")))
            yield self.fault(place, "sets neither minAvailable nor maxUnavailable", help="set maxUnavailable: 1")
