"""CustomResourceDefinitions that go when the release goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_POLICY = Pointer(("metadata", "annotations", "helm.sh/resource-policy"))
_POLICY_WORDS = re.compile("resource-?policy", re.IGNORECASE)


class CrdDeletedWithRelease(ObjectRule):
    """A template renders a CustomResourceDefinition that `helm uninstall` deletes.

    ## Why
    With the definition the cluster deletes every object of its kind, in all namespaces, those of other releases and
    other people among them. In `crds/` a definition is installed once and never touched again; in a template, where it
    can be upgraded, the annotation `helm.sh/resource-policy: keep` saves it.

    ## Bad
    ```yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: backups.example.com # here
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Backup, plural: backups}
      versions: []
    ```

    ## Good
    ```yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: backups.example.com
      annotations:
        helm.sh/resource-policy: keep
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Backup, plural: backups}
      versions: []
    ```
    """

    id = "crd-deleted-with-release"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"CustomResourceDefinition"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for the policy; hooks are not deleted by an uninstall.

        Where the template leaves the policy to a value, only the default counts: values for tests often say no.
        """
        if obj.hooks or obj.annotations.get("helm.sh/resource-policy") == "keep":
            return
        if ctx.name == "default" or not _POLICY_WORDS.search(ctx.chart.chart.text(obj.source) or ""):
            yield self.fault(
                Place.on(obj, Pointer(("metadata", "name"))),
                "is deleted with the release, and all objects of its kind in the cluster with it",
                help="annotate it with helm.sh/resource-policy: keep, or put it into crds/",
                fix=Fix("keep the definition when the release goes", (SetField(_POLICY, "keep"),)),
            )
