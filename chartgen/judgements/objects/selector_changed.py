"""The judgement about the selector of a workload."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._fields import summary
from chartgen.location import Pointer


class SelectorChanged(PairJudgement):
    """The selector of a workload is not what it was.

    ## Why
    Kubernetes does not let a selector change: ``helm upgrade`` fails with "field is immutable", and the workload has to
    be deleted first. prometheus-node-exporter 4.0.0 asks its users to.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector: # here
        matchLabels:
          app: web
      template:
        metadata:
          labels: {app: web, tier: front}
        spec:
          containers: [{name: web, image: "web:1.0"}]
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector: # here
        matchLabels:
          app: web
          tier: front
      template:
        metadata:
          labels: {app: web, tier: front}
        spec:
          containers: [{name: web, image: "web:1.0"}]
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels: {app: web, tier: back}
        spec:
          containers: [{name: web, image: "web:1.0"}]
    ```
    """

    id = "selector-changed"
    level = Level.MAJOR
    hurts = "everyone who upgrades: Kubernetes refuses the change"
    advice = "delete the workload before the upgrade (kubectl delete --cascade=orphan keeps its pods running)"
    kinds = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"})

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at both selectors."""
        changed = [change for change in pair.applied if change.under("spec", "selector")]
        if changed:
            at = Pointer(("spec", "selector"))
            yield self.verdict(
                f"the selector changed ({summary(changed)})", old=At.on(pair.old, at), new=At.on(pair.new, at)
            )
