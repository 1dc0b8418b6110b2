"""The judgement: a workload is updated in another way."""

from chartgen.changes import Certainty, Level
from chartgen.judgements.objects._fields import FieldsJudgement


class UpdateStrategyChanged(FieldsJudgement):
    """A workload is updated in another way.

    ## Why
    How many pods are away during an upgrade changes; with ``Recreate`` all of them are. external-dns 1.11.0 went to
    ``Recreate`` in a minor version, traefik 11.0.0 changed its strategy in a major one.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      strategy:
        type: RollingUpdate # here
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
      strategy:
        type: Recreate # here
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
      strategy:
        type: RollingUpdate
        rollingUpdate:
          maxSurge: 25%
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

    id = "update-strategy-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    topics = ("strategy",)
    what = "the update strategy changed"
