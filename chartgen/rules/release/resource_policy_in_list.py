"""Policies that Helm does not see."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_POLICY = "helm.sh/resource-policy"


class ResourcePolicyInList(ObjectRule):
    """An item of a List asks Helm to keep it.

    ## Why
    Helm looks for `helm.sh/resource-policy` at the documents it renders and does not open a `List`: the object is
    deleted with the release in spite of the annotation.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: List
    items:
      - apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
          annotations:
            helm.sh/resource-policy: keep # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      annotations:
        helm.sh/resource-policy: keep
    ```
    """

    id = "resource-policy-in-list"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("helm.sh/resource-policy",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for the annotation at objects that came out of a list."""
        if obj.in_list and _POLICY in obj.annotations:
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "annotations", _POLICY))),
                f"{_POLICY} has no effect in a List",
                help="render the object as a document of its own",
            )
