"""Selectors that change with every version."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_KEYS = ("app.kubernetes.io/version", "helm.sh/chart", "chart", "version", "heritage")


class VersionedSelector(ObjectRule):
    """A workload's selector contains a version.

    ## Why
    `spec.selector` cannot be changed: the first upgrade to another chart or application version ends with
    `field is immutable`, and the only way out is to delete the workload.

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
    kinds = CONTROLLERS

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a label of the selector whose value holds the chart's or the application's version."""
        metadata = ctx.chart.chart.metadata
        versions = {str(metadata[key]) for key in ("version", "appVersion") if metadata.get(key)}
        versions |= {version.replace("+", "_") for version in versions}
        at = Pointer(("spec", "selector", "matchLabels"))
        for key, value in mapping(obj.body, *at.parts).items():
            ends = isinstance(value, str) and any(value == v or value.endswith(f"-{v}") for v in versions)
            if ends and key in _KEYS:
                yield self.fault(
                    Place.on(obj, at / key),
                    f"the selector contains {key}={value}, which changes with every version and must not",
                    help="select by app.kubernetes.io/name and app.kubernetes.io/instance only",
                )
