"""Selectors that also select the pods of another release."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.kube.access import mapping, pod_spec, selects
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.rules.release._second import pairs


class SelectsSecondRelease(ScenarioRule):
    """A selector also matches the pods of a second release of the chart.

    ## Why
    Two releases in one namespace share what they should not: a Service sends half its requests to the other release's
    pods, a NetworkPolicy opens them, a disruption budget counts them. A label with the release's name
    (`app.kubernetes.io/instance`), in the selector and on the pods, keeps them apart.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ .Release.Name }}
    spec:
      selector: # here
        app: web
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: {{ .Release.Name }}
    spec:
      template:
        metadata:
          labels:
            app: web
            release: {{ .Release.Name }}
        spec:
          containers: []
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ .Release.Name }}
    spec:
      selector:
        app: web
        release: {{ .Release.Name }}
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: {{ .Release.Name }}
    spec:
      template:
        metadata:
          labels:
            app: web
            release: {{ .Release.Name }}
        spec:
          containers: []
    ```
    """

    id = "selects-second-release"
    severity = Severity.WARNING
    profile = Profile.STRICT

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Hold each selector that matches a pod of its release against that pod's twin in the second one."""
        twins = list(pairs(ctx))
        pods = [(pod_spec(obj.kind, obj.body), pod_spec(twin.kind, twin.body)) for obj, twin in twins]
        for obj, twin in twins:
            if obj.kind not in _SELECTORS or obj.name == twin.name:
                continue
            path = _SELECTORS[obj.kind]
            selector = mapping(obj.body, *path)
            wanted = {"matchLabels": selector} if obj.kind == "Service" else selector
            if not selector or not any(wanted.values()):
                continue
            if any(
                mine and other and selects(wanted, mine.labels) and selects(wanted, other.labels)
                for mine, other in pods
            ):
                yield self.fault(
                    Place.on(obj, Pointer(path), key=True),
                    "also selects the pods of another release in the same namespace",
                    help="select by a label that carries .Release.Name, such as app.kubernetes.io/instance",
                )


_SELECTORS = {
    "NetworkPolicy": ("spec", "podSelector"),
    "PodDisruptionBudget": ("spec", "selector"),
    "Service": ("spec", "selector"),
}
