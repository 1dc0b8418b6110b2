"""The judgement: a volumeClaimTemplates entry of a StatefulSet is not what it was."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._told import summary


class ClaimTemplateChanged(AlikeJudgement):
    """A volumeClaimTemplates entry of a StatefulSet is not what it was.

    ## Why
    Kubernetes does not let them change, not even their labels or their size: ``helm upgrade`` fails, and the
    StatefulSet has to be deleted first. prometheus-pushgateway 3.0.0 is a major for labels in them. What the API
    server fills in itself (vault 0.32.0 wrote apiVersion and kind out) is no change.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "db:1.0"
      volumeClaimTemplates:
        - metadata:
            name: data
          spec:
            accessModes: [ReadWriteOnce]
            resources:
              requests:
                storage: 8Gi # here
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "db:1.0"
      volumeClaimTemplates:
        - metadata:
            name: data
          spec:
            accessModes: [ReadWriteOnce]
            resources:
              requests:
                storage: 10Gi # here
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "db:1.0"
      volumeClaimTemplates:
        - apiVersion: v1
          kind: PersistentVolumeClaim
          metadata:
            name: data
          spec:
            accessModes: [ReadWriteOnce]
            resources:
              requests:
                storage: 8192Mi
            volumeMode: Filesystem
    ```
    """

    id = "claim-template-changed"
    level = Level.MAJOR
    hurts = "everyone who upgrades: Kubernetes refuses the change"
    advice = "delete the StatefulSet before the upgrade (kubectl delete --cascade=orphan keeps its pods running)"
    kinds = frozenset({"StatefulSet"})
    renamed = False

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at the first place that differs."""
        found = [change for change in pair.applied if change.under("spec", "volumeClaimTemplates")]
        if found:
            yield Event(f"a volume claim template changed ({summary(found)})", found[0].old, found[0].new)
