"""The judgement about dependencies with another alias."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.dependencies._entries import places


class DependencyRenamed(ChartJudgement):
    """A dependency has another alias.

    ## Why
    The alias is where its values are, and part of what its objects are called. oauth2-proxy 10.0.0 dropped the alias of
    redis-ha in a major version.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis-ha # here
        alias: redis
        version: 4.1.0
        repository: https://charts.example.org
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis-ha # here
        version: 4.1.0
        repository: https://charts.example.org
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis-ha
        alias: redis
        version: 4.2.0
        repository: https://charts.example.org
    ```
    """

    id = "dependency-renamed"
    level = Level.MAJOR
    hurts = "whoever sets values of the dependency, or uses its objects by name"
    advice = "move its values to the new name"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both entries."""
        for pair in both.dependencies:
            if pair.old and pair.new and pair.old.key != pair.new.key:
                old, new = places(both, pair)
                yield self.verdict(
                    f"the dependency '{pair.old.name}' has its values below '{pair.new.key}' now, and had them below "
                    f"'{pair.old.key}'",
                    old=old,
                    new=new,
                )
