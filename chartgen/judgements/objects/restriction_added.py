"""The judgement: the chart renders an object that restricts others and did not before."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._groups import Group, once
from chartgen.judgements.objects._roles import is_restriction, restricts
from chartgen.location import Pointer


class RestrictionAdded(ScenarioJudgement):
    """The chart renders an object that restricts others and did not before.

    ## Why
    A network policy cuts off who is not named in it, a quota or a webhook refuses what went through before, a
    budget that allows no disruption stops node upgrades. argo-cd 10.0.0 and bitnami/postgresql 14.0.0 are majors
    for their network policies.

    ## Before
    ```yaml
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
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## After
    ```yaml
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
          containers:
            - name: web
              image: "web:1.0"
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web # here
    spec:
      podSelector:
        matchLabels: {app: web}
      policyTypes: [Ingress]
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchLabels: {app: web}
    ```
    ## Not this: an autoscaler keeps more pods
    ```yaml
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
          containers:
            - name: web
              image: "web:1.0"
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      minReplicas: 2
      maxReplicas: 4
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      minAvailable: 1
      selector:
        matchLabels: {app: web}
    ```
    """

    id = "restriction-added"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those whose traffic, evictions or writes it stops"
    advice = "leave it off by default, or say how to switch it off and what it lets through"

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Tell of each object that restricts."""
        new = [obj for obj in scenario.added if not obj.hooks and is_restriction(obj, scenario.new.parsed.objects)]
        yield from once(both, "restrictions", new, lambda obj: Level.MAJOR, self._tell)

    def _tell(self, group: Group, level: Level) -> Verdict:
        at = At.on(group.head, Pointer(("metadata", "name")))
        return self.verdict(f"is new{group.told}, and {restricts(group.head)}", new=at)
