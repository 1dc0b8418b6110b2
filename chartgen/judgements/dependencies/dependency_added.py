"""The judgement about dependencies that are new."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.dependencies._entries import named, places


class DependencyAdded(ChartJudgement):
    """There is a new dependency.

    ## Why
    It is something new to use. What it renders by default is judged among the objects.

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
    dependencies:
      - name: redis # here
        version: 17.3.1
        repository: https://charts.example.org
        condition: redis.enabled
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies: []
    ```
    """

    id = "dependency-added"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the new entry."""
        for pair in both.dependencies:
            if pair.old is None and pair.new is not None:
                _, new = places(both, pair)
                yield self.verdict(f"the dependency {named(pair.new)} is new", new=new)
