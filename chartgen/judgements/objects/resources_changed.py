"""The judgement: a container asks for other resources, or gets other limits."""

from chartgen.changes import Level
from chartgen.judgements.objects._fields import FieldsJudgement


class ResourcesChanged(FieldsJudgement):
    """A container asks for other resources, or gets other limits.

    ## Why
    Pods may no longer fit on their nodes, or be killed for memory they used before. It is minor by common practice
    (opentelemetry-collector 0.29.0 and 0.54.0, metrics-server 3.11.0); ``1000m`` and ``1`` are the same. Limits where
    there were none are another matter: ``limits-introduced``.

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
          containers:
            - name: web
              image: "web:1.0"
              resources:
                limits:
                  memory: 128Mi # here
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
          containers:
            - name: web
              image: "web:1.0"
              resources:
                limits:
                  memory: 64Mi # here
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
          containers:
            - name: web
              image: "web:1.0"
              resources:
                limits:
                  memory: 131072Ki
    ```
    """

    id = "resources-changed"
    level = Level.MINOR
    topics = ("resources",)
    what = "other resources"
