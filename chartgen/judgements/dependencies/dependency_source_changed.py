"""The judgement about where dependencies come from."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.dependencies._entries import is_same_chart, named, places


class DependencySourceChanged(ChartJudgement):
    """A dependency is asked for in another way: another repository, or another range that comes to the same version.

    ## Why
    What is installed is the same. Whoever mirrors repositories for a network without internet has to know.

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
        version: 17.3.1
        repository: oci://registry.example.org/charts
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: 17.3.1
        repository: https://charts.example.org
        tags: []
    ```
    """

    id = "dependency-source-changed"
    level = Level.PATCH
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both entries."""
        for pair in both.dependencies:
            if not is_same_chart(pair) or pair.old is None or pair.new is None:
                continue
            old, new = places(both, pair)
            if pair.old.repository != pair.new.repository:
                yield self.verdict(
                    f"the dependency {named(pair.new)} comes from '{pair.new.repository}' and came from "
                    f"'{pair.old.repository}'",
                    old=old,
                    new=new,
                )
            elif pair.old.wanted != pair.new.wanted and pair.old.resolved == pair.new.resolved:
                yield self.verdict(
                    f"the dependency {named(pair.new)} may be '{pair.new.wanted}' where it was '{pair.old.wanted}', "
                    f"and is {pair.new.resolved} as before",
                    old=old,
                    new=new,
                )
