"""The judgement: a container that could take what it needed has limits."""

from collections.abc import Mapping, Sequence

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.judgements.objects._told import listed, place


class LimitsIntroduced(FieldsJudgement):
    """A container that could take what it needed has limits by default.

    ## Why
    What ran so far with more memory is killed, and what used more processor time is slowed down, with whoever left the
    default alone. The charts of bitnami took a major version each for their ``resourcesPreset``.

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
              resources: {} # here
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
                limits: # here
                  memory: 64Mi
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
                requests:
                  memory: 64Mi
    ```
    """

    id = "limits-introduced"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever's containers use more than the limits: they are killed or slowed down"
    advice = "set limits that fit what runs, or none"
    topics = ("resources",)
    what = "there are limits where there were none"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether limits came to a container that had none and that runs on."""
        if change.before is not ABSENT or "initContainers" in change.path:
            return False
        if change.path[-1] == "limits":
            return True
        return change.path[-1] == "resources" and isinstance(change.after, Mapping) and "limits" in change.after

    def tell(self, found: Sequence[FieldChange], pair: ObjectPair) -> str:
        """The places, not the numbers."""
        return listed(place(one) for one in found)
