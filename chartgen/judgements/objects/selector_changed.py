"""The judgement about the selector of a workload."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._told import summary
from chartgen.location import Pointer


class SelectorChanged(AlikeJudgement):
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
    renamed = False

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at both selectors."""
        changed = [change for change in pair.applied if change.under("spec", "selector")]
        if changed:
            at = Pointer(("spec", "selector"))
            yield Event(f"the selector changed ({summary(changed)})", at, at)
