"""The judgement about what switches a dependency on and off."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.dependencies._entries import named, places


class DependencySwitchChanged(ChartJudgement):
    """A dependency is switched by another value, or cannot be switched any more.

    ## Why
    Users who switched it off get it back, and those who switched it on lose it. prometheus 19.0 renamed
    ``kubeStateMetrics.enabled``. A switch where there was none is something new.

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
        condition: redis.enabled
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
        condition: cache.enabled
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
        condition: redis.enabled,global.redis.enabled
    ```
    """

    id = "dependency-switch-changed"
    level = Level.MAJOR
    hurts = "whoever switches the dependency on or off"
    advice = "set the new switch in place of the old one"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both entries."""
        for pair in both.dependencies:
            if pair.old is None or pair.new is None:
                continue
            were, are = (_switches(one.condition, one.tags) for one in pair if one)
            gone = [one for one in were if one not in are]
            if gone:
                old, new = places(both, pair)
                rest = f"and is by {', '.join(are)}" if are else "and cannot be switched any more"
                yield self.verdict(
                    f"the dependency {named(pair.new)} is not switched by {', '.join(gone)} any more, {rest}",
                    old=old,
                    new=new,
                )
            elif are and not were:
                old, new = places(both, pair)
                yield self.verdict(
                    f"the dependency {named(pair.new)} is switched by {', '.join(are)} now",
                    old=old,
                    new=new,
                    level=Level.MINOR,
                )


def _switches(condition: str, tags: tuple[str, ...]) -> list[str]:
    conditions = [f"'{path.strip()}'" for path in condition.split(",") if path.strip()]
    return conditions + [f"the tag '{tag}'" for tag in tags]
