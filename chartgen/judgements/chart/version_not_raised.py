"""The judgement about content that changed under one version."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.chart._fields import both_places, text


class VersionNotRaised(ChartJudgement):
    """The version is the same, and what is packaged is not.

    ## Why
    A version that was released never changes: caches and locks keep the first bytes, and ``helm repo index`` silently
    replaces the digest. aquasecurity/aqua-helm#82 is what users say to that.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0 # here
    ```
    ```yaml
    # values.yaml
    level: info
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0 # here
    ```
    ```yaml
    # values.yaml
    level: debug
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.1
    ```
    ```yaml
    # values.yaml
    level: debug
    ```
    """

    id = "version-not-raised"
    level = Level.PATCH
    hurts = "whoever has the released package in a cache or a lock"
    advice = "raise the version: chartgen bump"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the version on both sides."""
        version = text(both.new, "version")
        if both.files and version == text(both.old, "version"):
            yield self.verdict(
                f"the version is still {version}, and {len(both.files)} packaged files differ"
                if len(both.files) > 1
                else f"the version is still {version}, and {both.files[0].path} differs",
                **both_places(both, "version"),
            )
