"""The judgement about Kubernetes releases that a chart accepts now."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places
from chartgen.judgements.chart._kubernetes import accepted, told


class KubeVersionLoosened(ChartJudgement):
    """kubeVersion accepts releases of Kubernetes that it refused.

    ## Why
    It can be installed where it could not be, and everywhere where it could. vault 0.25.0 did so in a minor version.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">=1.25.0-0" # here
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">=1.21.0-0" # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">= 1.25.0-0"
    ```
    """

    id = "kube-version-loosened"
    level = Level.MINOR

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at kubeVersion on both sides."""
        before, after = accepted(both.old), accepted(both.new)
        if before is not None and after is not None and after - before and not before - after:
            yield self.verdict(f"Kubernetes {told(after - before)} is accepted now", **both_places(both, "kubeVersion"))
