"""The judgement about the Helm that a chart needs."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import At, ChartJudgement, Verdict
from chartgen.judgements.chart._helm import needed


class HelmVersionRaised(ChartJudgement):
    """A template uses what older releases of Helm do not know, or the README asks for a newer one.

    ## Why
    Whoever has an older Helm gets an error about a function that is not defined. grafana 4.0.0 and 6.0.0 asked for a
    newer Helm in major versions; by now nearly everybody has one that is new enough, so it is called a minor step.

    ## Before
    ```yaml
    # templates/config.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.log.level | default "info" | quote }}
    ```
    ```yaml
    # values.yaml
    log: {}
    ```

    ## After
    ```yaml
    # templates/config.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ dig "level" "info" .Values.log | quote }} # here
    ```
    ```yaml
    # values.yaml
    log: {}
    ```

    ## Not this
    ```yaml
    # templates/config.yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ default "info" .Values.log.level | quote }}
    ```
    ```yaml
    # values.yaml
    log: {}
    ```
    """

    id = "helm-version-raised"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "whoever has an older Helm"
    advice = "use that Helm, or a later one"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the first function that needs it, or at the README."""
        before, after = needed(both.old), needed(both.new)
        if after.version > before.version:
            yield self.verdict(
                f"{after.what} needs Helm {after.version[0]}.{after.version[1]}",
                old=None,
                new=At.file(after.location),
            )
