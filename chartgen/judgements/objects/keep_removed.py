"""The judgement: an object is no longer kept when its release or its chart lets it go."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._roles import is_kept
from chartgen.location import Pointer


class KeepRemoved(PairJudgement):
    """An object is no longer kept when its release or its chart lets it go.

    ## Why
    With ``helm.sh/resource-policy: keep`` Helm leaves an object in the cluster when the release is deleted or a
    later version no longer renders it. Without, the next such step takes the data with it.

    ## Before
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      annotations:
        helm.sh/resource-policy: keep # here
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 8Gi
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      annotations: {} # here
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 8Gi
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      annotations:
        helm.sh/resource-policy: "keep"
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 8Gi
    ```
    """

    id = "keep-removed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who delete the release and count on the data"
    advice = "have users add the annotation themselves"

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at where the annotation stood."""
        if is_kept(pair.old) and not is_kept(pair.new):
            at = Pointer(("metadata", "annotations"))
            yield self.verdict(
                "'helm.sh/resource-policy: keep' is gone",
                old=At.on(pair.old, at / "helm.sh/resource-policy"),
                new=At.on(pair.new, at),
            )
