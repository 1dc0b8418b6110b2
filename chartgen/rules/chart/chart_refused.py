"""Charts that Helm loads but refuses to install."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.rules.chart._dependencies import missing


class ChartRefused(ScenarioRule):
    """Helm refuses to install the chart, for what its Chart.yaml says.

    ## Why
    `kubeVersion` in Chart.yaml says which clusters a chart is for, and Helm keeps to it: on any other cluster the
    install ends before a template is read. A range without `-0` also excludes most managed clusters, whose versions
    look like pre-releases (`v1.31.2-eks-113cf36`).

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: "<1.20.0" # here
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

    id = "chart-refused"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    troubles = ("constraint",)

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report the refusal, unless it is for dependencies that are not there."""
        for failure, severity in ctx.troubles("constraint"):
            if missing(failure):
                continue
            for_cluster = "kubeVersion" in failure.message
            key = "kubeVersion" if for_cluster else "apiVersion"
            yield self.fault(
                Place.in_file(ctx.chart.locate("Chart.yaml", Pointer((key,)))),
                f"Helm refuses the chart: {failure.message}",
                help="change kubeVersion in Chart.yaml, or say with --kube-version which cluster the chart is for"
                if for_cluster
                else "",
                severity=severity,
            )
