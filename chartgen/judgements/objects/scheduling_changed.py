"""The judgement: pods run on other nodes than before."""

from collections.abc import Container, Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import Event
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.judgements.objects._told import counterpart


class SchedulingChanged(FieldsJudgement):
    """Pods run on other nodes than before.

    ## Why
    A required affinity, a node selector, or a toleration that came or went: pods may find no node, or run where
    they were kept away from. Users of aws-observability's charts asked that default tolerations be a major version,
    and its maintainers agreed. A class of priorities or of runtimes that the cluster does not have takes no pod at all.
    What is only preferred asks for a minor version.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          nodeSelector:
            disk: ssd # here
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          nodeSelector:
            disk: hdd # here
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          nodeSelector:
            disk: ssd
          terminationGracePeriodSeconds: 60
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## Before: tolerations that nothing read
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: "web:1.0"
    ```
    ```yaml
    # values.yaml
    tolerations: []
    ```

    ## Not this: tolerations that nothing read
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      {{- with .Values.tolerations }}
      tolerations: {{- toYaml . | nindent 4 }}
      {{- end }}
      containers:
        - name: web
          image: "web:1.0"
    ```
    ```yaml
    # values.yaml
    tolerations: []
    ```

    ## Before: a class
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      priorityClassName: system-cluster-critical # here
      containers:
        - name: web
          image: "web:1.0"
    ```

    ## After: a class
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      priorityClassName: web-critical # here
      containers:
        - name: web
          image: "web:1.0"
    ```
    """

    id = "scheduling-changed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those whose nodes do not fit any more, or were meant for others"
    advice = "tell how to set the old placement"
    topics = ("scheduling",)
    what = "where pods run changed"

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at the first of the fields. Preferences are a smaller step than requirements."""
        found = tuple(one for one in pair.about(*self.topics) if not _is_asked_for(one, scenario.sample))
        if found:
            own = {obj.name for obj in scenario.new.parsed.objects if obj.kind in _CLASSES}
            required = any(_is_required(change, own) for change in found)
            text = f"{self.what} ({self.tell(found, pair)})"
            yield Event(text, *counterpart(found[0], found), None if required else Level.MINOR)


def _is_asked_for(change: FieldChange, sample: str) -> bool:
    """Whether what somebody has set to have it, and the old chart did not read, is there now."""
    return bool(sample) and change.before is ABSENT and sample in str(change.after)


_CLASSES = frozenset(("PriorityClass", "RuntimeClass"))


def _is_required(change: FieldChange, own: Container[str]) -> bool:
    """Whether pods could be scheduled before and cannot be any more, or the other way round."""
    if change.path[-1] in ("priorityClassName", "runtimeClassName"):
        is_named = isinstance(change.after, str) and not change.after.startswith("system-")
        return is_named and change.after not in own  # no pod is taken of a class that the cluster does not have
    if "labelSelector" in change.path or change.path[-1] == "kubernetes.io/os":
        return False
    if change.path[-1] == "nodeSelector":
        return any(
            isinstance(side, dict) and set(side) - {"kubernetes.io/os"} for side in (change.before, change.after)
        )
    if "affinity" not in change.path:
        return "nodeSelector" in change.path or "tolerations" in change.path
    sides = (change.before, change.after)
    return any("required" in part for part in change.path) or any("required" in str(side) for side in sides)
