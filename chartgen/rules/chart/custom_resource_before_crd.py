"""Custom resources whose kind the cluster does not know yet."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule


class CustomResourceBeforeCrd(ScenarioRule):
    """A release holds a custom resource and, among its templates, the definition of its kind.

    ## Why
    Helm asks the cluster for the kinds of all objects before it creates the first one, so the first install ends with
    `no matches for kind ... ensure CRDs are installed first`. It only works where the definition is there already.

    ## Bad
    ```yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: backups.example.com
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Backup, plural: backups}
      versions: []
    ---
    apiVersion: example.com/v1 # here
    kind: Backup
    metadata:
      name: nightly
    ```

    ## Good
    ```yaml
    apiVersion: example.com/v1
    kind: Backup
    metadata:
      name: nightly
    ```
    ```yaml
    # crds/backups.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: backups.example.com
    spec:
      group: example.com
      scope: Namespaced
      names: {kind: Backup, plural: backups}
      versions: []
    ```
    """

    id = "custom-resource-before-crd"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"CustomResourceDefinition"})

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find objects, other than hooks, of a kind that an object of the same release defines."""
        defined = {
            (text(crd.body, "spec", "group"), text(crd.body, "spec", "names", "kind")): crd
            for crd in ctx.of_kind("CustomResourceDefinition")
            if not crd.hooks
        }
        for obj in ctx.objects:
            crd = defined.get((obj.api_version.rpartition("/")[0], obj.kind))
            if crd is not None and not obj.hooks:
                yield self.fault(
                    Place.on(obj, Pointer(("apiVersion",))),
                    f"is created together with the definition of its kind, {crd.ref}",
                    help="put the definition into crds/, or make this object a post-install,post-upgrade hook",
                    related=((Place.on(crd, Pointer(("metadata", "name"))), "the definition is here"),),
                )
