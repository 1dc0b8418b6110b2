"""The judgement: a port leads elsewhere in the pod, or a container listens on other ports."""

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement


class TargetPortChanged(FieldsJudgement):
    """A port leads elsewhere in the pod, or a container listens on other ports.

    ## Why
    The Service's own ports are what clients know, and they stay. Network policies, and whoever connects to pods
    directly, have to follow.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web}
      ports:
        - name: http
          port: 80
          targetPort: 8080 # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web}
      ports:
        - name: http
          port: 80
          targetPort: 9090 # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector: {app: web}
      ports:
        - name: http
          port: 80
          targetPort: 8080
          protocol: TCP
    ```
    """

    id = "target-port-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    topics = ("ports", "container-ports")
    what = "ports of the pod changed"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """The names of ports, and the ports of a Service that came or went, are for other judgements."""
        if pair.kind == "Service":
            return change.path[-1] in ("targetPort", "nodePort", "protocol", "appProtocol")
        return change.path[-1] != "name"
