"""The judgement: what is scraped, how it is labelled, or an alert changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement
from chartgen.judgements.objects._told import listed
from chartgen.kube.access import items, text


class MonitoringChanged(FieldsJudgement):
    """What is scraped, how it is labelled, or an alert changed.

    ## Why
    Dashboards and alerts show something else, or nothing: kube-prometheus-stack 68.0.0 dropped metrics in a major
    version. Most such changes only follow the application. An alert that is gone or has another name is told of by
    name: routes and silences may have it, but most go by severity and team, and a minor version is enough.

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

    ## Before: an alert
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata:
      name: web
    spec:
      groups:
        - name: web
          rules:
            - alert: WebDown # here
              expr: up == 0
            - alert: WebSlow
              expr: slow > 1
    ```

    ## After: an alert
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata:
      name: web
    spec:
      groups:
        - name: web
          rules:
            - alert: WebUnavailable # here
              expr: up == 0
            - alert: WebSlow
              expr: slow > 1
    ```
    """

    id = "monitoring-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those whose dashboards, alerts, routes and silences use what it was called"
    topics = ("monitoring",)
    what = "what is watched changed"

    def tell(self, found: Sequence[FieldChange], pair: ObjectPair) -> str:
        """Of alerts and recorded series those that came and went, by name, else the fields."""
        before, after = (dict.fromkeys(_rules(one.body)) for one in (pair.old, pair.new))
        gone = [f"{name} is gone" for name in before if name not in after]
        came = [f"{name} is new" for name in after if name not in before]
        return listed(gone + came) if gone or came else super().tell(found, pair)


def _rules(body: Mapping[str, Any]) -> Iterator[str]:
    """The names of what a PrometheusRule alerts of and records."""
    for group in items(body, "spec", "groups"):
        for rule in items(group, "rules"):
            for kind in ("alert", "record"):
                if text(rule, kind):
                    yield f"{'the alert' if kind == 'alert' else 'the series'} {text(rule, kind)}"
