"""The judgement about another version of what a chart runs."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places, text
from chartgen.judgements.chart._versions import app_versions, is_major_step


class AppVersionRaised(ChartJudgement):
    """What the chart runs is of another minor or patch version.

    ## Why
    The step of the application is that of the chart: users who are given a patch expect nothing new. argo-helm releases
    patches of the chart for patches of the application, and took complaints when minor ones came that way (#3999).

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
    appVersion: 1.10.0 # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    appVersion: 2.0.0
    ```
    """

    id = "app-version-raised"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at appVersion on both sides."""
        before, after = text(both.old, "appVersion"), text(both.new, "appVersion")
        found = app_versions(both)
        if before == after or (found and is_major_step(*found)):
            return
        is_minor = found is not None and found[0].numbers[:2] != found[1].numbers[:2]
        yield self.verdict(
            f"the application is {after or 'of no version'} and was {before or 'of no version'}",
            **both_places(both, "appVersion"),
            level=Level.MINOR if is_minor else Level.PATCH,
        )
