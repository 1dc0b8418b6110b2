"""Selectors that change with every version."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.release._versions import versions_in


class VersionedSelector(ObjectRule):
    """The selector of a workload or a Service contains a version.

    ## Why
    `spec.selector` cannot be changed: the first upgrade to another chart or application version ends with
    `field is immutable`, and the only way out is to delete the workload. That of a Service can, and an upgrade then
    takes all requests from the old pods before the new ones are ready.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
          helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }} # here
      template:
        metadata:
          labels:
            app: web
            helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
            helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "versioned-selector"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = CONTROLLERS | {"Service"}

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a label of the selector whose value holds the chart's or the application's version."""
        is_service = obj.kind == "Service"
        at = Pointer(("spec", "selector") if is_service else ("spec", "selector", "matchLabels"))
        why = ", so an upgrade cuts off the running pods" if is_service else " and must not"
        for key in versions_in(mapping(obj.body, *at.parts), ctx):
            value = mapping(obj.body, *at.parts)[key]
            yield self.fault(
                Place.on(obj, at / key),
                f"the selector contains {key}={value}, which changes with every version{why}",
                help="select by app.kubernetes.io/name and app.kubernetes.io/instance only",
                severity=Severity.WARNING if is_service else None,
            )
