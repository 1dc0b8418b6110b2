"""The judgement about the name of a chart."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places, text


class ChartRenamed(ChartJudgement):
    """A chart has another name.

    ## Why
    The name is in the names of most objects, so all of them are deleted and made anew, and charts that depend on it
    find nothing. ingress-nginx 2.0.0 was called nginx-ingress before.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example # here
    version: 1.0.0
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: other # here
    version: 1.0.0
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    description: another description
    ```
    """

    id = "chart-renamed"
    level = Level.MAJOR
    hurts = "everyone who upgrades, and charts that depend on it"
    advice = "set fullnameOverride to keep the names of the objects"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the name on both sides."""
        before, after = text(both.old, "name"), text(both.new, "name")
        if before != after and before and after:
            yield self.verdict(f"the chart is called '{after}' and was called '{before}'", **both_places(both, "name"))
