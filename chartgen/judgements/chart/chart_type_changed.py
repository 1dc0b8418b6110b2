"""The judgement about the type of a chart."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places, text


class ChartTypeChanged(ChartJudgement):
    """An application chart became a library, or a library an application.

    ## Why
    A library cannot be installed, and an application brings its own objects to whoever only wanted its templates.
    bitnami/common 1.0.0 became a library in a major version.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: application # here
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: library # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    ```
    """

    id = "chart-type-changed"
    level = Level.MAJOR
    hurts = "whoever installs the chart or depends on it"
    advice = "stay with the last version until there is a chart that replaces it"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the type on both sides."""
        before, after = (text(side, "type") or "application" for side in (both.old, both.new))
        if before != after:
            yield self.verdict(f"the type is '{after}' and was '{before}'", **both_places(both, "type"))
