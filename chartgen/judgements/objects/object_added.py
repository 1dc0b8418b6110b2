"""The judgement: the chart renders an object that it did not render before."""

import re
from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.normal import resource
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.side import Rendering
from chartgen.engine.objects import RenderedObject
from chartgen.judgements.base import At, ScenarioJudgement, Verdict
from chartgen.judgements.objects._groups import Group, once
from chartgen.judgements.objects._roles import is_restriction
from chartgen.kube.access import get
from chartgen.kube.schemas import is_builtin
from chartgen.location import Pointer


class ObjectAdded(ScenarioJudgement):
    """The chart renders an object that it did not render before.

    ## Why
    Something new is in the cluster after the upgrade. That breaks nobody, but whoever installs needs the right to
    create it, which counts for what lives outside of namespaces. Objects that restrict others (policies, budgets,
    quotas, webhooks) have a judgement of their own.

    The first object of an API that is not Kubernetes' own, and that the chart does not bring, asks for a major version
    where nobody has turned it on: on a cluster without that API the upgrade fails (``no matches for kind``).

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

    ## Before: an API that a cluster may not have
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ```

    ## After: an API that a cluster may not have
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports: [{port: 80}]
    ---
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web # here
    spec:
      endpoints: [{port: http}]
      selector: {}
    ```
    """

    id = "object-added"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Tell of each group of objects that came together."""
        new = [obj for obj in scenario.added if not obj.hooks and not is_restriction(obj, scenario.new.parsed.objects)]
        asked = _groups_asked(scenario)
        step = {True: Level.MAJOR, False: Level.MINOR}
        yield from once(both, "added", new, lambda obj: step[_group(obj) in asked], self._tell)

    def _tell(self, group: Group, level: Level) -> Verdict:
        at = At.on(group.head, Pointer(("metadata", "name")))
        if level is Level.MAJOR:
            return self.verdict(
                f"is new{group.told}; where the cluster has no API {group.head.api_version}, the upgrade fails",
                new=at,
                level=level,
                hurts=f"those without {group.head.api_version}",
                advice="leave it off by default, or ask for the API before it is rendered",
            )
        wide = not resource(group.head).namespaced
        rights = "; whoever installs needs the right to create it, outside of any namespace" if wide else ""
        return self.verdict(f"is new{group.told}{rights}", new=at)


def _groups_asked(scenario: ScenarioComparison) -> frozenset[str]:
    """The groups of custom APIs that only the new chart needs, whatever is turned on."""
    if scenario.base is not None:
        return frozenset()
    old, new = (side.parsed.objects for side in (scenario.old, scenario.new))
    groups = {group for obj in new if not is_builtin(group := _group(obj))} - {_group(obj) for obj in old}
    return frozenset(group for group in groups if not _brings(scenario.new, group))


def _group(obj: RenderedObject) -> str:
    return obj.api_version.rpartition("/")[0]


def _brings(side: Rendering, group: str) -> bool:
    """Whether a chart defines kinds of a group itself."""
    own = (get(obj.body, "spec", "group") for obj in side.parsed.objects if obj.kind == "CustomResourceDefinition")
    pattern = rf"(?m)^\s*[\"']?group[\"']?:\s*[\"']?{re.escape(group)}\b"
    return group in own or any(re.search(pattern, text) for text in side.crds.values())
