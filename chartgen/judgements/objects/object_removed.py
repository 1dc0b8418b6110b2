"""The judgement: an object that the chart rendered is no longer there."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._groups import Group, once
from chartgen.judgements.objects._roles import is_state, removal
from chartgen.location import Pointer


class ObjectRemoved(ScenarioJudgement):
    """An object that the chart rendered is no longer there.

    ## Why
    ``helm upgrade`` deletes it, and what used it breaks: a Service's clients, an alert, a controller. argo-events
    2.0.0 removed controllers, argocd-image-updater 0.14.0 a Service and an Ingress. Objects that nobody refers to
    by name (roles, budgets, autoscalers, ConfigMaps that only the chart's own pods read) ask for a minor version.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web # here
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: other
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: other
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: other
    ```
    """

    id = "object-removed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who use it: the upgrade deletes it"
    advice = "say what takes its place, and how to keep it"

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Tell of each group of objects that went together."""
        gone = [obj for obj in scenario.removed if not obj.hooks and not is_state(obj)]
        yield from once(both, "removed", gone, lambda obj: removal(obj, scenario), self._tell)

    def _tell(self, group: Group, level: Level) -> Verdict:
        hurts = "" if level is Level.MAJOR else "hardly anybody: nothing refers to it by name"
        at = At.on(group.head, Pointer(("metadata", "name")))
        return self.verdict(f"is no longer rendered{group.told}", old=at, level=level, hurts=hurts)
