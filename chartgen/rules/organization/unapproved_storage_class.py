"""Volumes of classes that an organization does not offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class Options(NamedTuple):
    """Which classes there are, and whether one must be named."""

    classes: tuple[str, ...] = ()
    required: bool = False


class UnapprovedStorageClass(ObjectRule):
    """A claim asks for a storage class that the organization does not allow.

    ## Why
    A class that the cluster does not have leaves the claim, and its pod, pending for ever. Of those it has, some are
    dear, and some are gone with the node.

    ## Options
    - `classes` (default none): the classes that may be named; with none, every name is a finding.
    - `required` (default `false`): whether a class must be named at all; the cluster's default class serves the others.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      storageClassName: local-path # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      unapproved-storage-class:
        classes: [standard, fast]
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
    spec:
      storageClassName: fast
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      unapproved-storage-class:
        classes: [standard, fast]
    ```
    """

    id = "unapproved-storage-class"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = frozenset({"PersistentVolumeClaim", "StatefulSet"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the claim, or at the claims that a StatefulSet makes."""
        claims = [(Pointer(), obj.body)]
        if obj.kind == "StatefulSet":
            templates = items(obj.body, "spec", "volumeClaimTemplates")
            claims = [(Pointer(("spec", "volumeClaimTemplates", n)), one) for n, one in enumerate(templates)]
        allowed = ", ".join(self.options.classes) or "none"
        for at, claim in claims:
            place = Place.on(obj, at + Pointer(("spec", "storageClassName")))
            given = text(claim, "spec", "storageClassName")
            if given and given not in self.options.classes:
                yield self.fault(place, f"the storage class {given!r} is not allowed", help=f"allowed are: {allowed}")
            elif not given and self.options.required:
                yield self.fault(place, "a claim names no storage class", help=f"name one of: {allowed}")
