"""The judgement: a workload runs another number of pods by default."""

from collections.abc import Sequence

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement


class ReplicasChanged(FieldsJudgement):
    """A workload runs another number of pods by default.

    ## Why
    It is a matter of capacity, not of what the chart offers: users who set a number keep it. From several to one, what
    was always there is away at times (podinfo 3.0.0); with none at all it is gone, which is a major step, and so is a
    CronJob that is suspended.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 3 # here
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
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
      replicas: 1 # here
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
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
      replicas: 3
      revisionHistoryLimit: 3
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## Before: suspended
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: web
    spec:
      schedule: "0 3 * * *"
      suspend: false # here
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: web
                  image: "web:1.0"
    ```

    ## After: suspended
    ```yaml
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: web
    spec:
      schedule: "0 3 * * *"
      suspend: true # here
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: web
                  image: "web:1.0"
    ```
    """

    id = "replicas-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those who leave the number alone"
    advice = "say how to set the old number"
    topics = ("replicas",)
    what = "another number of pods"

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """Whether nothing runs any more."""
        return Level.MAJOR if any((change.path[-1], change.after) in _STOPS for change in found) else None


_STOPS = (("replicas", 0), ("suspend", True))
