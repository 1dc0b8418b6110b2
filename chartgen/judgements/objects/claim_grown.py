"""The judgement: a volume claim asks for more space than before."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.immutable import is_growth
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._told import told


class ClaimGrown(PairJudgement):
    """A volume claim asks for more space than before.

    ## Why
    A claim can only grow where its storage class allows volume expansion; elsewhere ``helm upgrade`` fails. Users
    who set a size of their own see nothing of it.

    ## Before
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 8Gi # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 16Gi # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 8192Mi
    ```
    """

    id = "claim-grown"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those whose storage class does not allow volume expansion"
    advice = "set the old size, or check that the storage class has allowVolumeExpansion"
    kinds = frozenset({"PersistentVolumeClaim"})

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at both sizes."""
        for change in pair.under("spec", "resources", "requests"):
            if is_growth(change):
                yield self.verdict(told(change), old=At.on(pair.old, change.old), new=At.on(pair.new, change.new))
