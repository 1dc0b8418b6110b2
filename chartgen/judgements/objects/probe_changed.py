"""The judgement: a probe asks for something else, or there is one more or less."""

from collections.abc import Sequence

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement


class ProbeChanged(FieldsJudgement):
    """A probe asks for something else, or there is one more or less.

    ## Why
    Users with an image of their own may not have what is asked for, and their pods never become ready. Timing alone
    asks for a patch, unless a pod that is slow is given up sooner. snmp-exporter 6.0.0, traefik 24.0.0.

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
              livenessProbe:
                httpGet:
                  path: /live # here
                  port: 8080
                periodSeconds: 10
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
              livenessProbe:
                httpGet:
                  path: /healthz # here
                  port: 8080
                periodSeconds: 10
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
              livenessProbe:
                httpGet:
                  scheme: HTTP
                  path: /live
                  port: 8080
                periodSeconds: 10
    ```
    """

    id = "probe-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    topics = ("probe",)
    what = "probes changed"

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """Timing alone is a patch, unless a pod is given up sooner."""
        is_timing = all(change.path[-1].endswith(("Seconds", "Threshold")) for change in found)
        return Level.PATCH if is_timing and not any(map(_is_sooner, found)) else None


def _is_sooner(change: FieldChange) -> bool:
    limits = (
        "failureThreshold",
        "timeoutSeconds",
        *(("initialDelaySeconds",) if "livenessProbe" in change.path else ()),
    )
    before, after = change.before, change.after
    return change.path[-1] in limits and isinstance(before, int) and isinstance(after, int) and after < before
