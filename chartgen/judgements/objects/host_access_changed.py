"""The judgement: pods use the node's network, ports, processes or files otherwise than before."""

from chartgen.changes import Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.compare.topics import topic
from chartgen.judgements.objects._fields import FieldsJudgement


class HostAccessChanged(FieldsJudgement):
    """Pods use the node's network, ports, processes or files otherwise than before.

    ## Why
    Where pods can be reached, what they can reach, and what they leave on the node changes: a hostPort that is gone
    closes a door, a hostPath at another place loses what was kept there. bitnami/contour 14.0.0 and 15.0.0,
    promtail 6.0.0.

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
          hostNetwork: false # here
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
          hostNetwork: true # here
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
          hostNetwork: false
          hostPID: false
          containers:
            - name: web
              image: "web:1.0"
    ```
    """

    id = "host-access-changed"
    level = Level.MAJOR
    hurts = "those who reach the pods through the node, and those whose clusters forbid it"
    advice = "set the old value to keep it"
    topics = ("host", "volumes")
    what = "access to the node changed"
    renamed = False

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Of volumes, those that are folders of the node."""
        return topic(pair.kind, change.path) == "host" or "hostPath" in change.path
