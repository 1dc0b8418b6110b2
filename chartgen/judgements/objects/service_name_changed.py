"""The judgement: the serviceName of a StatefulSet is not what it was."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._told import told


class ServiceNameChanged(PairJudgement):
    """The serviceName of a StatefulSet is not what it was.

    ## Why
    Kubernetes does not let it change: ``helm upgrade`` fails, and the StatefulSet has to be deleted first. The DNS
    names of its pods change with it. bitnami/mariadb 20.0.0 and bitnami/mysql 12.0.0 are majors for this.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db # here
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "db:1.0"
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db-headless # here
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "db:1.0"
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      replicas: 3
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "db:1.0"
    ```
    """

    id = "service-name-changed"
    level = Level.MAJOR
    hurts = "everyone who upgrades: Kubernetes refuses the change, and the pods get other DNS names"
    advice = "delete the StatefulSet before the upgrade (kubectl delete --cascade=orphan keeps its pods running)"
    kinds = frozenset({"StatefulSet"})

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at both names."""
        for change in pair.applied:
            if change.path == ("spec", "serviceName"):
                yield self.verdict(
                    f"{told(change)}, which Kubernetes does not let change",
                    old=At.on(pair.old, change.old),
                    new=At.on(pair.new, change.new),
                )
