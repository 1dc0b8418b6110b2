"""The judgement: pods use the node's network, ports, processes or files otherwise than before."""

from collections.abc import Sequence

from chartgen.absent import ABSENT
from chartgen.changes import Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.compare.topics import topic
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.kube.access import items, pod_spec, text


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
        if topic(pair.kind, change.path) == "host" or "hostPath" in change.path:
            return True
        return _folders(change.before) != _folders(change.after) and not _is_known(change, pair)

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """A folder of the node that is mounted besides takes nothing away."""
        added = all(change.before is ABSENT and _folders(change.after) for change in found)
        return Level.MINOR if added else None


def _folders(volume: object) -> set[str]:
    """The folder of the node that a volume is, if it is one."""
    path = text(volume, "hostPath", "path")
    return {path} if path else set()


def _is_known(change: FieldChange, pair: ObjectPair) -> bool:
    """Whether a volume that came or went is a folder that is mounted on both sides, under one name or another."""
    pods = [pod_spec(obj.kind, obj.body) for obj in (pair.old, pair.new)]
    sides = [{path for one in items(pod.body, "volumes") for path in _folders(one)} if pod else set() for pod in pods]
    return _folders(change.before) | _folders(change.after) <= sides[0] & sides[1]
