"""The judgement: a port leads elsewhere in the pod, or a container listens on other ports."""

from collections.abc import Sequence
from typing import Any

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import is_of_first
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.kube.access import text


class TargetPortChanged(FieldsJudgement):
    """A port leads elsewhere in the pod, or a container listens on other ports.

    ## Why
    The Service's own ports are what clients know, and they stay. Network policies, which name the ports of pods, meshes
    and whoever connects to pods directly have to follow. Most of all that is so where a container gives up a port that
    everybody knows for another number under the same name: bitnami/nginx-ingress-controller 10.0.0 and phpmyadmin 6.0.0
    went from 80 to 8080. Where others changed charts seldom called it major: there, and where a Service leads
    elsewhere, or a port came or went, a minor version is enough.

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

    ## Before: a number of its own
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
                - {containerPort: 8082, name: metrics} # here
    ```

    ## After: a number of its own
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
                - {containerPort: 8083, name: metrics} # here
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
        """Whether a well-known port of the pod's first container has another number."""
        gone = [one for one in found if one.after is ABSENT and _name(one.before) and _is_well_known(one)]
        come = {(one.path[:-1], _name(one.after)) for one in found if one.before is ABSENT}
        return Level.MAJOR if any((one.path[:-1], _name(one.before)) in come for one in gone) else None


_WELL_KNOWN = 1024
"""Ports below have one meaning everywhere (RFC 6335, section 6)."""


def _is_well_known(port: FieldChange) -> bool:
    number = port.before["containerPort"]
    return isinstance(number, int) and number < _WELL_KNOWN and is_of_first(port.old)


def _name(port: Any) -> str:
    """The name of a container's port, ``""`` for what is none."""
    return text(port, "name") if isinstance(port, dict) and "containerPort" in port else ""
