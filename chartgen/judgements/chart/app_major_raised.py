"""The judgement about another major version of what a chart runs."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places
from chartgen.judgements.chart._versions import app_versions, is_major_step


class AppMajorRaised(ChartJudgement):
    """What the chart runs is of another major version.

    ## Why
    The application may read its configuration and its data otherwise. Projects disagree on what that asks of the chart:
    grafana, tempo and kube-state-metrics raise its major version, the guide of argo-helm asks for a minor one. Releases
    of 0.x count as minor ones of the application, and so does a new year where versions are called by years.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 1.9.2 # here
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 2.0.0 # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 1.10.0
    ```

    ## Before: years
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 2019.51.0 # here
    ```

    ## After: years
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 1.0.0 # here
    ```

    ## Not this: years
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 2021.1.0
    ```
    """

    id = "app-major-raised"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever relies on what the application did"
    advice = "read the application's upgrade notes"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at appVersion on both sides."""
        found = app_versions(both)
        if found and is_major_step(*found):
            yield self.verdict(f"the application is {found[1]} and was {found[0]}", **both_places(both, "appVersion"))
