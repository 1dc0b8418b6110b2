"""The judgement: a claim, Secret or Namespace is no longer rendered, and nothing keeps it."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._groups import Group, once
from chartgen.judgements.objects._roles import is_kept, is_state
from chartgen.location import Pointer


class StateRemoved(ScenarioJudgement):
    """A claim, Secret or Namespace is no longer rendered, and nothing keeps it.

    ## Why
    ``helm upgrade`` deletes it, and the data or the credentials in it are lost for good. With ``helm.sh/resource-
    policy: keep`` in the old chart it would have stayed: argo-cd 5.0.0 tells users to add that first.

    ## Before
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data # here
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 8Gi
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
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
          storage: 8Gi
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 81}]
    ```

    ## Before: it is kept
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      annotations:
        helm.sh/resource-policy: keep
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 8Gi
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ```

    ## Not this: it is kept
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ```
    """

    id = "state-removed"
    level = Level.MAJOR
    hurts = "everyone who has data in it: the upgrade deletes it"
    advice = "have users add 'helm.sh/resource-policy: keep' to it before the upgrade (kubectl annotate), or back it up"

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Tell of each object with state; one that its annotation keeps is passed over."""
        gone = [obj for obj in scenario.removed if not obj.hooks and is_state(obj) and not is_kept(obj)]
        yield from once(both, "state", gone, lambda obj: Level.MAJOR, self._tell)

    def _tell(self, group: Group, level: Level) -> Verdict:
        at = At.on(group.head, Pointer(("metadata", "name")))
        return self.verdict(f"is no longer rendered{group.told}, so the upgrade deletes it with what is in it", old=at)
