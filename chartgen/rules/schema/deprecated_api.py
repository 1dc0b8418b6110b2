"""API versions that will go away."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.apis import old_api
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema._renames import newer_api


class DeprecatedApi(ObjectRule):
    """An object's API version is deprecated in a Kubernetes release that is linted for.

    ## Why
    It still works and will not for ever: Kubernetes names the release that removes it, or only a successor. Versions
    that are gone already are `removed-api`. The releases are those that `kubeVersion` in Chart.yaml
    allows, or `--kube-version`.

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
        """Look up whether a release calls the object's API version deprecated, while all of them serve it."""
        old = old_api(obj.api_version, obj.kind)
        if old is None or old.gone_in(ctx.versions) or not old.deprecated_in(ctx.versions):
            return
        end = f" and gone in 1.{old.removed}" if old.removed is not None else ""
        yield self.fault(
            Place.on(obj, Pointer(("apiVersion",))),
            f"{obj.api_version} {obj.kind} is deprecated since Kubernetes 1.{old.deprecated}{end}",
            help=f"use {old.replacement}" if old.replacement else "Kubernetes has nothing in its place",
            fix=newer_api(obj, old.replacement),
        )
