"""Argo CD applications in the project that allows everything."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_GROUP = "argoproj.io/"


class DefaultArgoProject(ObjectRule):
    """An Argo CD Application belongs to the project `default`.

    ## Why
    Unless somebody restricted it, that project lets every application deploy anything from any repository to any
    cluster. Whether it is restricted a chart cannot tell, so this is only looked at when it is asked for.

    ## Bad
    ```yaml
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: shop
    spec:
      project: default # here
    ```

    ## Good
    ```yaml
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: shop
    spec:
      project: shop
    ```
    """

    id = "default-argo-project"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"Application", "ApplicationSet"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the project of an application, or of those that a set makes."""
        at = Pointer(("spec", "template", "spec", "project") if obj.kind == "ApplicationSet" else ("spec", "project"))
        if obj.api_version.startswith(_GROUP) and text(obj.body, *at.parts) in ("", "default"):
            yield self.fault(
                Place.on(obj, at),
                "belongs to the Argo CD project 'default'",
                help="make a project for it",
            )
