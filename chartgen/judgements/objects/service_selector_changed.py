"""The judgement: a Service selects other pods, or the same by other labels."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._told import summary
from chartgen.kube.access import CONTROLLERS, pod_spec, service_selects
from chartgen.location import Pointer


class ServiceSelectorChanged(PairJudgement):
    """A Service selects other pods, or the same by other labels.

    ## Why
    From the moment of the upgrade until the new pods are ready the Service may have no endpoints at all: the old
    pods do not have the labels it looks for. Where the workload's selector changes as well, that is the larger
    event. argo-rollouts 2.0.0 changed both.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: # here
        app: web
      ports: [{port: 80}]
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: # here
        app: web
        tier: front
      ports: [{port: 80}]
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports: [{port: 80, protocol: TCP}]
    ```

    ## Before: the workload goes along
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web}
      ports: [{port: 80}]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers: [{name: web, image: "web:1.0"}]
    ```

    ## Not this: the workload goes along
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web, tier: front}
      ports: [{port: 80}]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web, tier: front}
      template:
        metadata:
          labels: {app: web, tier: front}
        spec:
          containers: [{name: web, image: "web:1.0"}]
    ```
    """

    id = "service-selector-changed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who use the Service while it has no endpoints"
    advice = "keep the old labels on the pods and in the selector, or tell of the interruption"
    kinds = frozenset({"Service"})

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at both selectors. Pods that had the labels before are still selected."""
        found = pair.under("spec", "selector")
        if not found or _still_selects(pair, scenario) or _goes_with_workload(pair, scenario):
            return
        at = Pointer(("spec", "selector"))
        told = f"the selector changed ({summary(found)})"
        yield self.verdict(told, old=At.on(pair.old, at), new=At.on(pair.new, at))


def _still_selects(pair: ObjectPair, scenario: ScenarioComparison) -> bool:
    """Whether the pods that the old Service selected have the labels that the new one looks for."""
    pods = [spec for obj in scenario.old.parsed.objects if (spec := pod_spec(obj.kind, obj.body))]
    served = [pod for pod in pods if service_selects(pair.old.body, pod.labels)]
    return bool(served) and all(service_selects(pair.new.body, pod.labels) for pod in served)


def _goes_with_workload(pair: ObjectPair, scenario: ScenarioComparison) -> bool:
    """Whether the selector of a workload behind the Service changes too, which asks for its deletion anyway."""
    changed = (
        one.old
        for one in scenario.pairs
        if one.kind in CONTROLLERS and any(change.under("spec", "selector") for change in one.applied)
    )
    pods = (pod_spec(obj.kind, obj.body) for obj in changed)
    return any(pod is not None and service_selects(pair.old.body, pod.labels) for pod in pods)
