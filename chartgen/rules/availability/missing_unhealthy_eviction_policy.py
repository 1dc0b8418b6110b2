"""Disruption budgets that protect broken pods."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class MissingUnhealthyEvictionPolicy(ObjectRule):
    """A PodDisruptionBudget does not say what becomes of pods that are not ready.

    ## Why
    By default (`IfHealthyBudget`) pods that never become ready count against the budget: a crash-looping Deployment
    then keeps its nodes from being drained, although evicting it harms nobody. `AlwaysAllow` lets such pods go. The
    field is stable since Kubernetes 1.31 and known since 1.27; older clusters ignore it.

    ## Bad
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec: # here
      maxUnavailable: 1
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
      unhealthyPodEvictionPolicy: AlwaysAllow
      selector:
        matchLabels:
          app: web
    ```
    """

    id = "missing-unhealthy-eviction-policy"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = frozenset({"PodDisruptionBudget"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask for the field."""
        if get(obj.body, "spec", "unhealthyPodEvictionPolicy") is None:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "unhealthyPodEvictionPolicy"))),
                "pods that are not ready may keep a node from being drained",
                help="set unhealthyPodEvictionPolicy: AlwaysAllow",
                fix=Fix(
                    "let pods that are not ready be evicted",
                    (SetField(Pointer(("spec", "unhealthyPodEvictionPolicy")), "AlwaysAllow"),),
                    safe=False,
                ),
            )
