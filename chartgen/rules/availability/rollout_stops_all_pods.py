"""Services that are down during each of their own updates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import PodSpec, mapping
from chartgen.location import Pointer
from chartgen.rules.availability._scaling import least_pods, percentage
from chartgen.rules.availability._serving import services
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext


class RolloutStopsAllPods(PodRule):
    """An update of a Deployment behind a Service may stop all its pods before a new one is ready.

    ## Why
    `maxUnavailable` at or above the number of replicas, or `strategy: Recreate` for several, takes the service down
    on every upgrade. `maxUnavailable: 0` with `maxSurge: 1` starts a new pod first. `Recreate` for a single pod is
    not reported: a volume that only one pod may mount leaves no choice. Percentages of `maxUnavailable` round down.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 1
      strategy:
        rollingUpdate:
          maxUnavailable: 1 # here
      template:
        metadata:
          labels:
            app: web
        spec:
          containers: []
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 1
      strategy:
        rollingUpdate:
          maxSurge: 1
          maxUnavailable: 0
      template:
        metadata:
          labels:
            app: web
        spec:
          containers: []
    ```
    """

    id = "rollout-stops-all-pods"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Deployment"})
    hooks = False
    keys = ("strategy",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare the strategy with the number of pods."""
        pods = least_pods(obj, ctx)
        strategy = mapping(obj.body, "spec", "strategy")
        if not pods or not services(obj, pod, ctx):
            return
        if strategy.get("type") == "Recreate":
            if pods > 1:
                yield self.fault(
                    Place.on(obj, Pointer(("spec", "strategy", "type"))),
                    f"strategy Recreate stops all {pods} pods before a new one starts",
                    help="use RollingUpdate with maxUnavailable: 0 and maxSurge: 1",
                    fix=Fix(
                        "update the pods one after the other",
                        (SetField(Pointer(("spec", "strategy", "type")), "RollingUpdate"),),
                        safe=False,
                    ),
                )
            return
        most = mapping(strategy, "rollingUpdate").get("maxUnavailable")
        share = percentage(most)
        stopped = pods * share // 100 if share is not None else most
        if isinstance(stopped, int) and not isinstance(stopped, bool) and stopped >= pods:
            which = "its only pod" if pods == 1 else f"all of its {pods} pods"
            yield self.fault(
                Place.on(obj, Pointer(("spec", "strategy", "rollingUpdate", "maxUnavailable"))),
                f"maxUnavailable: {most} lets an update stop {which} before a new one is ready",
                help="use maxUnavailable: 0 and maxSurge: 1",
                fix=_fix(strategy),
            )


def _fix(strategy: Mapping[str, Any]) -> Fix:
    """No pod may go before a new one is there, which takes room for one more."""
    at = Pointer(("spec", "strategy", "rollingUpdate"))
    actions = [SetField(at / "maxUnavailable", 0)]
    if mapping(strategy, "rollingUpdate").get("maxSurge") in (0, "0", "0%"):
        actions.append(SetField(at / "maxSurge", 1))
    return Fix("stop no pod before a new one is ready", tuple(actions), safe=False)
