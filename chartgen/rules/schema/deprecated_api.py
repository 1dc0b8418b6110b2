"""API versions that will go away."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.apis import minor_version, old_api
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class DeprecatedApi(ObjectRule):
    """An object's API version is deprecated in the Kubernetes version that is linted for.

    ## Why
    It still works and will not for ever: Kubernetes names the release that removes it, or only a successor. Versions
    that are gone already are `removed-api`. `--kube-version` says which Kubernetes the chart is for.

    ## Bad
    ```yaml
    apiVersion: v1 # here
    kind: Endpoints
    metadata:
      name: database
    ```

    ## Good
    ```yaml
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: database
    addressType: IPv4
    endpoints: []
    ```
    """

    id = "deprecated-api"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up the object's API version among those that are deprecated by then and still served."""
        old = old_api(obj.api_version, obj.kind)
        minor = minor_version(ctx.chart.options.kube_version)
        if old is None or minor is None or minor < old.deprecated or old.is_removed_in(minor):
            return
        end = f" and gone in 1.{old.removed}" if old.removed is not None else ""
        yield self.fault(
            Place.on(obj, Pointer(("apiVersion",))),
            f"{obj.api_version} {obj.kind} is deprecated since Kubernetes 1.{old.deprecated}{end}",
            help=f"use {old.replacement}" if old.replacement else "Kubernetes has nothing in its place",
        )
