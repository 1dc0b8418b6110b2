"""The judgement: a container is started with other arguments or other environment variables."""

from chartgen.changes import Certainty, Level
from chartgen.judgements.objects._fields import FieldsJudgement


class ProcessChanged(FieldsJudgement):
    """A container is started with other arguments or other environment variables.

    ## Why
    It mostly follows the application, and users who set arguments of their own may have to follow too. Which of
    them matters, only the application's notes say. stackdriver-exporter 2.0.0 and jenkins 4.0.0 called it major.

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
              args:
                - --log=info
                - --port=80 # here
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
              args:
                - --log=info
                - --port=8080 # here
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
              args:
                - --log=info
                - --port=80
              workingDir: ''
    ```
    """

    id = "process-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    topics = ("process",)
    what = "containers are started otherwise"
