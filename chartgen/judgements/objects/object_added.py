"""The judgement: the chart renders an object that it did not render before."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.normal import resource
from chartgen.compare.objects import ScenarioComparison
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._groups import Group, once
from chartgen.judgements.objects._roles import is_restriction
from chartgen.location import Pointer


class ObjectAdded(ScenarioJudgement):
    """The chart renders an object that it did not render before.

    ## Why
    Something new is in the cluster after the upgrade. That breaks nobody, but whoever installs needs the right to
    create it, which counts for what lives outside of namespaces. Objects that restrict others (policies, budgets,
    quotas, webhooks) have a judgement of their own.

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
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{name: a, port: 80}, {name: b, port: 81}]
    ```
    """

    id = "object-added"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Tell of each group of objects that came together."""
        new = [obj for obj in scenario.added if not obj.hooks and not is_restriction(obj, scenario.new.parsed.objects)]
        yield from once(both, "added", new, lambda obj: Level.MINOR, self._tell)

    def _tell(self, group: Group, level: Level) -> Verdict:
        wide = not resource(group.head).namespaced
        rights = "; whoever installs needs the right to create it, outside of any namespace" if wide else ""
        return self.verdict(f"is new{group.told}{rights}", new=At.on(group.head, Pointer(("metadata", "name"))))
