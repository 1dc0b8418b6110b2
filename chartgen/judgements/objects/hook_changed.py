"""The judgement: a hook runs otherwise: another image, another time, another order."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._told import summary


class HookChanged(PairJudgement):
    """A hook runs otherwise: another image, another time, another order.

    ## Why
    It only lives during the upgrade, and nobody refers to it. Whether its order or what it does matters, the
    chart's authors know. What ``helm test`` runs is left alone.

    ## Before
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-upgrade # here
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: "app:1.0"
    ```

    ## After
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: post-upgrade # here
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: "app:1.0"
    ```

    ## Not this
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      labels: {helm.sh/chart: web-1.0.0}
      annotations:
        helm.sh/hook: pre-upgrade
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: "app:1.0"
    ```
    """

    id = "hook-changed"
    level = Level.PATCH
    certainty = Certainty.LIKELY
    hooks = True
    renamed = True

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the first thing that changed."""
        if pair.old.hooks and pair.new.hooks and pair.changes:
            first = pair.changes[0]
            yield self.verdict(
                f"the hook changed ({summary(pair.changes, masked=pair.kind == 'Secret')})",
                old=At.on(pair.old, first.old),
                new=At.on(pair.new, first.new),
            )
