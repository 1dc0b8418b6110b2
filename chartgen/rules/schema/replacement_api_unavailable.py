"""API versions that some supported releases do not serve yet."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.apis import not_yet_in, predecessor
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class ReplacementApiUnavailable(ObjectRule):
    """An object's API version is newer than a Kubernetes release that the chart supports.

    ## Why
    There the install ends with `no matches for kind ... in version ...`. The releases are those that `kubeVersion` in
    Chart.yaml allows, or `--kube-version`. A chart that asks `.Capabilities` renders something else for older releases,
    so it is judged for the releases that it is rendered for only.

    ## Bad
    ```yaml
    apiVersion: networking.k8s.io/v1 # here
    kind: ServiceCIDR
    metadata:
      name: services
    spec:
      cidrs:
        - 10.96.0.0/16
    ```
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">=1.30.0-0"
    ```

    ## Good
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: ServiceCIDR
    metadata:
      name: services
    spec:
      cidrs:
        - 10.96.0.0/16
    ```
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">=1.33.0-0"
    ```
    """

    id = "replacement-api-unavailable"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up which of the releases do not serve the object's API version yet."""
        missing = not_yet_in(obj.api_version, obj.kind, ctx.versions)
        if missing:
            older = predecessor(obj.api_version, obj.kind, missing)
            is_hard = ctx.chart.is_asked or missing == ctx.versions
            yield self.fault(
                Place.on(obj, Pointer(("apiVersion",))),
                f"{obj.api_version} {obj.kind} is not served before Kubernetes 1.{missing.bit_length()}",
                help=f"older releases have {older}" if older else "raise kubeVersion in Chart.yaml",
                severity=Severity.ERROR if is_hard else None,
            )
