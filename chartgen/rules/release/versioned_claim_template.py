"""Claim templates that change with every version."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import items, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.release._versions import versions_in


class VersionedClaimTemplate(ObjectRule):
    """A StatefulSet's volumeClaimTemplates carry a version.

    ## Why
    `spec.volumeClaimTemplates` cannot be changed, their labels and annotations included: the first upgrade to another
    chart or application version ends with `updates to statefulset spec for fields other than ... are forbidden`. The
    usual cause is the chart's common labels, which hold `helm.sh/chart`.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      volumeClaimTemplates:
        - metadata:
            name: data
            labels:
              helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }} # here
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      volumeClaimTemplates:
        - metadata:
            name: data
            labels:
              app.kubernetes.io/name: db
    ```
    """

    id = "versioned-claim-template"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"StatefulSet"})
    keys = ("volumeClaimTemplates",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the labels and annotations of each claim template."""
        for index, claim in enumerate(items(obj.body, "spec", "volumeClaimTemplates")):
            for what in ("labels", "annotations"):
                at = Pointer(("spec", "volumeClaimTemplates", index, "metadata", what))
                for key in versions_in(mapping(claim, "metadata", what), ctx):
                    yield self.fault(
                        Place.on(obj, at / key),
                        f"a claim template has the {what[:-1]} {key}, which changes with every version and must not",
                        help="give claim templates the labels of the selector only",
                    )
