"""The judgement: a port leads elsewhere in the pod, or a container listens on other ports."""

from collections.abc import Sequence
from typing import Any

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.kube.access import text


class TargetPortChanged(FieldsJudgement):
    """A port leads elsewhere in the pod, or a container listens on other ports.

    ## Why
    The Service's own ports are what clients know, and they stay. Network policies, which name the ports of pods, meshes
    and whoever connects to pods directly have to follow. That is so where a port under one name has another number
    (bitnami/nginx-ingress-controller 10.0.0 went from 80 to 8080); where a Service leads elsewhere, or a port came or
    went, a minor version is enough.

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

    ## Before: another number
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
              ports:
                - containerPort: 80 # here
                  name: http
    ```

    ## After: another number
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
              ports:
                - containerPort: 8080 # here
                  name: http
    ```

    ## Not this: another number
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
              ports:
                - containerPort: 80
                  name: web
    ```
    """

    id = "target-port-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    topics = ("ports", "container-ports")
    what = "ports of the pod changed"
    hurts = "whoever connects to the pods, or lets traffic to them, by the number"
    advice = "tell the old port and the new one, so that network policies can follow"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """The names of ports, and the ports of a Service that came or went, are for other judgements."""
        if pair.kind == "Service":
            return change.path[-1] in ("targetPort", "nodePort", "protocol", "appProtocol")
        return change.path[-1] != "name"

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """Whether a port of a container has another number."""
        gone = [one for one in found if one.after is ABSENT and _name(one.before)]
        come = {(one.path[:-1], _name(one.after)) for one in found if one.before is ABSENT}
        return Level.MAJOR if any((one.path[:-1], _name(one.before)) in come for one in gone) else None


def _name(port: Any) -> str:
    """The name of a container's port, ``""`` for what is none."""
    return text(port, "name") if isinstance(port, dict) and "containerPort" in port else ""
