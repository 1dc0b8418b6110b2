"""The judgement about charts that are given up."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places


class ChartDeprecated(ChartJudgement):
    """A chart is called deprecated, or is so no more.

    ## Why
    It still installs; repositories show the mark, and users look for another chart. argo-ci 1.0.0 chose a major version
    for it.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    deprecated: true # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    deprecated: false
    ```
    """

    id = "chart-deprecated"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    advice = "look for the chart that replaces it"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the field."""
        before, after = (side.metadata.get("deprecated") is True for side in (both.old, both.new))
        if before is not after:
            told = "the chart is deprecated now" if after else "the chart is not deprecated any more"
            yield self.verdict(told, **both_places(both, "deprecated"))
