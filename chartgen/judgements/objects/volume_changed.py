"""The judgement: pods have other volumes, or have them at other places."""

from collections.abc import Sequence

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.judgements.objects._volumes import closed, keeps_data, moved


class VolumeChanged(FieldsJudgement):
    """Pods have other volumes, or have them at other places.

    ## Why
    What was kept under the old path, or in another folder of the volume, looks lost: promtail 6.0.0, vault 0.31.0. That
    is so for volumes that keep data (claims), also where they cannot be written any more; where only configuration or
    scratch space is mounted otherwise, a minor version is enough. Folders of the node are for host-access-changed.

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
          volumes:
            - name: data
              persistentVolumeClaim: {claimName: data}
          containers:
            - name: web
              image: "web:1.0"
              volumeMounts:
                - mountPath: /var/data # here
                  name: data
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
          volumes:
            - name: data
              persistentVolumeClaim: {claimName: data}
          containers:
            - name: web
              image: "web:1.0"
              volumeMounts:
                - mountPath: /data # here
                  name: data
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
          volumes:
            - name: data
              persistentVolumeClaim: {claimName: data}
          containers:
            - name: web
              image: "web:1.0"
              volumeMounts:
                - mountPath: /var/data
                  name: data
                  readOnly: false
    ```

    ## Before: another folder of it
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
          volumes:
            - name: data
              persistentVolumeClaim: {claimName: data}
          containers:
            - name: web
              image: "web:1.0"
              volumeMounts:
                - mountPath: /data
                  name: data # here
    ```

    ## After: another folder of it
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
          volumes:
            - name: data
              persistentVolumeClaim: {claimName: data}
          containers:
            - name: web
              image: "web:1.0"
              volumeMounts:
                - mountPath: /data
                  name: data
                  subPath: web # here
    ```
    """

    id = "volume-changed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those whose data stays where nobody looks any more"
    advice = "tell the old place and the new one, and how to move the data"
    topics = ("volumes",)
    what = "volumes changed"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Folders of the node are for another judgement."""
        whole = (side for side in (change.before, change.after) if isinstance(side, dict))
        return "hostPath" not in change.path and not any("hostPath" in side for side in whole)

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """Whether data is at another place, or another claim's, or cannot be written any more."""
        claims = any("persistentVolumeClaim" in change.path for change in found)
        others = {*moved(pair.old, pair.new), *closed(pair.old, pair.new)}
        return None if claims or any(keeps_data(pair.old, name) for name in others) else Level.MINOR
