"""Alerts that nobody can route."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class AlertWithoutSeverity(ObjectRule):
    """An alert has no severity.

    ## Why
    Alertmanager routes by labels, and `severity` is the one everybody routes by: an alert without it ends up in the
    default channel, or in none.

    ## Bad
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
    ```

    ## Good
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata:
      name: web
    spec:
      groups:
        - name: web
          rules:
            - alert: WebDown
              expr: up == 0
              labels:
                severity: critical
    ```
    """

    id = "alert-without-severity"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"PrometheusRule"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find alerting rules without a label ``severity``, their own or their group's."""
        for index, group in enumerate(items(obj.body, "spec", "groups")):
            if "severity" in mapping(group, "labels"):
                continue
            for number, rule in enumerate(items(group, "rules")):
                name = text(rule, "alert")
                if name and "severity" not in mapping(rule, "labels"):
                    yield self.fault(
                        Place.on(obj, Pointer(("spec", "groups", index, "rules", number, "alert"))),
                        f"alert {name} has no severity",
                        help="add a label 'severity' (critical, warning, info)",
                    )
