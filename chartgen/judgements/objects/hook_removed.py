"""The judgement: what ran before or after the upgrade runs no more."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._groups import Group, once
from chartgen.location import Pointer


class HookRemoved(ScenarioJudgement):
    """What ran before or after the upgrade runs no more.

    ## Why
    What the hook prepared or cleaned up is left to others. Helm forgets hooks, so what it left in the cluster
    stays.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ---
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate # here
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
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ---
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-upgrade
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: "app:1.1"
    ```
    """

    id = "hook-removed"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Tell of each group of hooks that went together."""
        yield from once(
            both, "gone hooks", [obj for obj in scenario.removed if obj.hooks], lambda obj: Level.MINOR, self._tell
        )

    def _tell(self, group: Group, level: Level) -> Verdict:
        when = ", ".join(sorted(group.head.hooks))
        return self.verdict(
            f"the hook is gone ({when}){group.told}", old=At.on(group.head, Pointer(("metadata", "name")))
        )
