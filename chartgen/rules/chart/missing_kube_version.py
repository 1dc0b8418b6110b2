"""Charts that do not say which Kubernetes versions they are for."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.location import Location, Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile


class MissingKubeVersion(ChartRule):
    """Chart.yaml does not say which Kubernetes versions the chart works on.

    ## Why
    With `kubeVersion` an install on a cluster that is too old ends at once and in plain words, instead of half-way with
    `no matches for kind`.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">=1.28.0-0"
    ```
    """

    id = "missing-kube-version"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Find an application chart without ``kubeVersion``; Chart.yaml as a whole is the place."""
        metadata = ctx.chart.metadata
        if metadata and not metadata.get("kubeVersion") and metadata.get("type") != "library":
            yield self.fault(
                Place.in_file(Location("Chart.yaml")),
                "the chart does not say which Kubernetes versions it works on",
                help='set kubeVersion, for example ">=1.28.0-0" (the -0 lets in managed clusters)',
                fix=Fix(
                    "ask for Kubernetes 1.28",
                    (SetField(Pointer(("kubeVersion",)), ">=1.28.0-0", "Chart.yaml"),),
                    safe=False,
                ),
            )
