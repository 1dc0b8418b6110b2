"""The judgement about versions that are none, or go back."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places, text
from chartgen.version import Version, compare, is_semver


class VersionWentBack(ChartJudgement):
    """The version is lower than it was, or no version at all.

    ## Why
    Helm and every tool that updates charts take the highest version: a lower one is never installed, and one that is no
    SemVer is sorted anywhere. Of 51,728 steps in public charts 53 went back and 41 were no versions.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.2.0 # here
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.1.9 # here
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.2.0
    ```
    """

    id = "version-went-back"
    level = Level.NONE
    hurts = "whoever waits for the new version: it is never the newest"
    advice = "choose a version above the last one: chartgen bump"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the version on both sides."""
        before, after = text(both.old, "version"), text(both.new, "version")
        if not is_semver(after):
            yield self.verdict(f"'{after}' is no version by SemVer 2 ('1.2.3')", **both_places(both, "version"))
        elif is_semver(before) and compare(Version.parse(after), Version.parse(before)) < 0:
            yield self.verdict(f"the version is {after} and was {before}", **both_places(both, "version"))
