"""The judgement about dependencies of another minor or patch version."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.dependencies._entries import is_same_chart, named, places, versions


class DependencyRaised(ChartJudgement):
    """A dependency is of another minor or patch version.

    ## Why
    What is new in it is new in this chart, so the step of its version is that of this one. What it renders with this
    chart's values is compared besides, where it is in ``charts/``.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis # here
        version: 17.3.1
        repository: https://charts.example.org
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis # here
        version: 17.4.0
        repository: https://charts.example.org
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: 18.0.0
        repository: https://charts.example.org
    ```
    """

    id = "dependency-raised"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both entries."""
        for pair in both.dependencies:
            found = versions(pair) if is_same_chart(pair) else None
            if not found or pair.new is None or found[0] == found[1]:
                continue
            before, after = found
            if before.major == after.major:
                old, new = places(both, pair)
                is_minor = before.minor != after.minor
                yield self.verdict(
                    f"the dependency {named(pair.new)} is {after} and was {before}",
                    old=old,
                    new=new,
                    level=Level.MINOR if is_minor else Level.PATCH,
                )
