"""The judgement: labels of objects or of pods changed, those with a version apart."""

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.judgements.objects._rbac import AGGREGATES


class LabelChanged(FieldsJudgement):
    """Labels of objects or of pods changed, those with a version apart.

    ## Why
    Network policies, PodMonitors, dashboards and users' own queries select by labels. A selector that changes with
    them has its own judgement. grafana's mimir calls labels "potentially out of scope"; jiralert 1.0.0 took a major
    version.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
      labels:
        team: front # here
        helm.sh/chart: web-1.0.0
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
      labels:
        team: back # here
        helm.sh/chart: web-1.0.0
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
      labels:
        team: front
        helm.sh/chart: web-1.1.0
    ```
    """

    id = "label-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    topics = ("labels",)
    what = "labels changed"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """A label that changes with the selector is told of there, one that gives permissions with them."""
        selector = (one.path[-1] for one in pair.applied if "selector" in one.path[:2])
        return change.path[-1] not in selector and not change.path[-1].startswith(AGGREGATES)
