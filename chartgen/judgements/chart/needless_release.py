"""The judgement about releases of the same."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.side import METADATA
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places


class NeedlessRelease(ChartJudgement):
    """A new version of a chart holds what the one before held.

    ## Why
    Nobody needs it, and everybody who follows the chart upgrades for nothing. keycloakx 3.0.0, 4.0.0 and 5.0.0 changed
    nothing but the number.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0 # here
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 2.0.0 # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.1
    description: a web server
    ```
    """

    id = "needless-release"
    level = Level.NONE

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the version on both sides."""
        fields = {change.path[0] for change in both.metadata}
        is_alone = fields == {"version"} and {file.path for file in both.files} == {METADATA}
        if is_alone and all(pair.old == pair.new for pair in both.dependencies):
            yield self.verdict("only the version changed: no release is needed", **both_places(both, "version"))
