"""The judgement: what is scraped, how it is labelled, or an alert changed."""

from chartgen.changes import Certainty, Level
from chartgen.judgements.objects._fields import FieldsJudgement


class MonitoringChanged(FieldsJudgement):
    """What is scraped, how it is labelled, or an alert changed.

    ## Why
    Dashboards and alerts show something else, or nothing: kube-prometheus-stack 68.0.0 dropped metrics in a major
    version. Most such changes only follow the application.

    ## Before
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      jobLabel: app # here
      selector:
        matchLabels: {app: web}
      endpoints:
        - port: http
    ```

    ## After
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      jobLabel: name # here
      selector:
        matchLabels: {app: web}
      endpoints:
        - port: http
    ```

    ## Not this
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
      annotations: {team: front}
    spec:
      jobLabel: app
      selector:
        matchLabels: {app: web}
      endpoints:
        - port: http
    ```
    """

    id = "monitoring-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those whose dashboards and alerts use the old labels"
    topics = ("monitoring",)
    what = "what is watched changed"
