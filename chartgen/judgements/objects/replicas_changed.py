"""The judgement: a workload runs another number of pods by default."""

from chartgen.changes import Certainty, Level
from chartgen.judgements.objects._fields import FieldsJudgement


class ReplicasChanged(FieldsJudgement):
    """A workload runs another number of pods by default.

    ## Why
    It is a matter of capacity, not of what the chart offers: users who set a number keep it. From several to one,
    or to none, what was always there is away at times. podinfo 3.0.0.

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
    """

    id = "replicas-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    topics = ("replicas",)
    what = "another number of pods"
