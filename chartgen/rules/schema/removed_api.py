"""API versions that the cluster no longer serves."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.apis import old_api
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema._renames import newer_api


class RemovedApi(ObjectRule):
    """An object's API version is no longer served by a Kubernetes release that is linted for.

    ## Why
    The install ends with `no matches for kind ... in version ...`. A release that is already there cannot even be
    upgraded away from it after the cluster was. The releases are those that
    `kubeVersion` in Chart.yaml allows, or `--kube-version`.

    ## Bad
    ```yaml
    apiVersion: policy/v1beta1 # here
    kind: PodDisruptionBudget
    metadata:
      name: web
    ```

    ## Good
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    ```
    """

    id = "removed-api"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up which of the releases no longer serve the object's API version."""
        old = old_api(obj.api_version, obj.kind)
        if old is not None and old.gone_in(ctx.versions):
            yield self.fault(
                Place.on(obj, Pointer(("apiVersion",))),
                f"{obj.api_version} {obj.kind} is not served since Kubernetes 1.{old.removed}",
                help=f"use {old.replacement}" if old.replacement else "Kubernetes has nothing in its place",
                fix=newer_api(obj, old.replacement),
            )
