"""The judgement about Kubernetes releases that a chart refuses now."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places
from chartgen.judgements.chart._kubernetes import accepted, told


class KubeVersionRaised(ChartJudgement):
    """kubeVersion refuses releases of Kubernetes that it accepted.

    ## Why
    Helm refuses the upgrade on such a cluster. kube-prometheus-stack 73.x and prometheus-adapter 5.0.0 called it a
    major step; ingress-nginx 4.10.1 and argo-cd 5.35.0 did not. A chart without kubeVersion accepts every release.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">=1.21.0-0" # here
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">=1.25.0-0" # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">= 1.21.0-0"
    ```
    """

    id = "kube-version-raised"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever runs one of these releases: helm refuses the chart"
    advice = "upgrade the cluster first"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at kubeVersion on both sides."""
        before, after = accepted(both.old), accepted(both.new)
        if before and after and before - after:
            yield self.verdict(f"Kubernetes {told(before - after)} is refused now", **both_places(both, "kubeVersion"))
