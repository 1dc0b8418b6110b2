"""The judgement: labels of objects or of pods changed, those with a version apart."""

import re
from collections.abc import Sequence

from chartgen.absent import ABSENT
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
    version. So it is where a label is for those who look for it: what a monitor, a rule or a ConfigMap (a dashboard) is
    found by (``release: prometheus``, ``grafana_dashboard``) and has no longer.

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

    ## Before: what looks for it
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
      labels:
        release: prometheus # here
    spec:
      selector: {}
    ```

    ## After: what looks for it
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
      labels: {} # here
    spec:
      selector: {}
    ```

    ## Before: a dashboard
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      labels:
        grafana_dashboard: "1" # here
    ```

    ## After: a dashboard
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      labels: {} # here
    ```
    """

    id = "label-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those who select by them"
    advice = "tell the labels that are gone, and how to set them"
    topics = ("labels",)
    what = "labels changed"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """A label that changes with the selector is told of there, one that gives permissions with them."""
        selector = (one.path[-1] for one in pair.applied if "selector" in one.path[:2])
        return change.path[-1] not in selector and not change.path[-1].startswith(AGGREGATES)

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """Whether what looks for a label does not find it any more."""
        is_key = pair.kind == "ConfigMap"  # sidecars ask whether the label is there
        gone = (one for one in found if (one.after is ABSENT if is_key else one.before is not ABSENT))
        is_missed = any(not _is_common(one, pair) for one in gone)
        return Level.MAJOR if pair.kind in _FOUND and is_missed else None


_FOUND = frozenset(("ServiceMonitor", "PodMonitor", "Probe", "PrometheusRule", "ConfigMap"))
"""Kinds that others look for by labels."""

_COMMON = r"(?:app\.kubernetes\.io|helm\.sh)/.*|app|chart|component|heritage|k8s-app|name|role|tier|version"


def _is_common(change: FieldChange, pair: ObjectPair) -> bool:
    """Whether a label is one that charts put on everything, or names the release."""
    return re.fullmatch(_COMMON, change.path[-1]) is not None or str(change.before) in pair.old.name
