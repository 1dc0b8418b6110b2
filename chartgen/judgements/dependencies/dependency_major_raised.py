"""The judgement about dependencies of another major version."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.dependencies import DependencyPair
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.dependencies._entries import is_off, is_same_chart, named, newest, places, versions


class DependencyMajorRaised(ChartJudgement):
    """A dependency is of another major version.

    ## Why
    Its breaking changes become those of this chart: values below its name, selectors, volumes. oauth2-proxy 6.0.0 and
    keycloak 11.0.0 were raised for their databases'. Minor versions below 1.0.0 are no such step: too many of them
    break nothing. A dependency that is switched off by default counts, too: whoever uses it has switched it on.

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
        version: 18.0.0
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
        version: 17.4.0
        repository: https://charts.example.org
    ```

    ## Before: a range
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis # here
        version: ">=17.0.0 <18.0.0"
        repository: https://charts.example.org
    ```

    ## After: a range
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis # here
        version: ">=17.0.0 <19.0.0"
        repository: https://charts.example.org
    ```
    """

    id = "dependency-major-raised"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever sets values of the dependency, or keeps data in it"
    advice = "read the dependency's own upgrade notes"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both entries."""
        for pair in both.dependencies:
            told = _step(pair) if is_same_chart(pair) else ""
            if told and pair.new:
                old, new = places(both, pair)
                off = is_off(both.new, pair.new)
                yield self.verdict(
                    f"the dependency {named(pair.new)} {told}" + (", and is switched off by default" if off else ""),
                    old=old,
                    new=new,
                    hurts="whoever switches the dependency on" if off else "",
                )


def _step(pair: DependencyPair) -> str:
    """What became of the version, or of the highest that a range takes; ``""`` where it is of one major version."""
    found = versions(pair)
    if found and found[0].major != found[1].major:
        return f"is {found[1]} and was {found[0]}"
    highest = [newest(one) if one else None for one in pair]
    if found and None not in highest and highest[0] != highest[1]:
        return f"is {highest[1]}.x and was {highest[0]}.x, the newest that the range takes"
    return ""
