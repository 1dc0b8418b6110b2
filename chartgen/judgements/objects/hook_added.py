"""The judgement: something runs before or after the upgrade that did not run before."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._groups import Group, once
from chartgen.location import Pointer


class HookAdded(ScenarioJudgement):
    """Something runs before or after the upgrade that did not run before.

    ## Why
    The upgrade waits for it and fails with it; it needs an image, permissions and time, and Argo CD runs it in its
    own way. argo-cd 6.10.0 added one in a minor version, argo-workflows 1.0.0 in a major one.

    ## Before
    ```yaml
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
        helm.sh/hook: test
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: "app:1.0"
    ```
    """

    id = "hook-added"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those who may not run Jobs, or need another image for it"
    advice = "say what it does, and how to switch it off"

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Tell of each group of hooks that came together."""
        yield from once(
            both, "hooks", [obj for obj in scenario.added if obj.hooks], lambda obj: Level.MINOR, self._tell
        )

    def _tell(self, group: Group, level: Level) -> Verdict:
        when = ", ".join(sorted(group.head.hooks))
        return self.verdict(f"is a new hook ({when}){group.told}", new=At.on(group.head, Pointer(("metadata", "name"))))
