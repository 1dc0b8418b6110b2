"""The judgement: a field changed that no other judgement is about."""

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.immutable import refused
from chartgen.compare.objects import ObjectPair
from chartgen.compare.topics import topic
from chartgen.judgements.objects._fields import FieldsJudgement

_SECURITY = ("seLinuxOptions", "fsGroupChangePolicy", "sysctls", "procMount", "appArmorProfile", "windowsOptions")
"""Settings that the judgements about security do not look at."""


class FieldChanged(FieldsJudgement):
    """A field changed that no other judgement is about.

    ## Why
    Something is different in the cluster, and only the chart's authors know what it means. The users should hear of
    it, so it asks for a minor version at least; a judgement of its own would say more.

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
          terminationGracePeriodSeconds: 30 # here
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
          terminationGracePeriodSeconds: 60 # here
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
      replicas: 2
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          terminationGracePeriodSeconds: 30
          containers:
            - name: web
              image: "web:1.0"
    ```
    """

    id = "field-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    topics = ("other", "pod", "claim", "security", "immutable")
    what = "changed"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether no other judgement speaks of it: what Kubernetes refuses has some of its own."""
        if topic(pair.kind, change.path) == "security":
            return any(name in change.path for name in _SECURITY)
        return all(one.change != change for one in refused(pair)) and not change.under("spec", "resources", "requests")
