"""The judgement about dependencies that are gone."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.dependencies._entries import named, places


class DependencyRemoved(ChartJudgement):
    """A dependency is gone, or another chart took its place under its name.

    ## Why
    All it renders disappears, and all that users have set below its name is ignored. oauth2-proxy 8.0.0 put redis-ha in
    the place of redis.

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
        condition: redis.enabled
    ```
    """

    id = "dependency-removed"
    level = Level.MAJOR
    hurts = "whoever uses it: what it runs is deleted with its data, and its values are ignored"
    advice = "move what it holds before the upgrade"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the entry of the old chart, and at what took its place."""
        for pair in both.dependencies:
            if pair.old is None:
                continue
            old, new = places(both, pair)
            if pair.new is None:
                yield self.verdict(f"the dependency {named(pair.old)} was removed", old=old)
            elif pair.new.name != pair.old.name:
                yield self.verdict(
                    f"the dependency {named(pair.new)} took the place of {named(pair.old)}", old=old, new=new
                )
