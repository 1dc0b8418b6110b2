"""The judgement about values that nothing read and that are gone."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named


class UnusedValueRemoved(ChartJudgement):
    """A value that no template read is gone.

    ## Why
    Setting it did nothing before and does nothing now. prometheus 19.0 cleaned up so: "Unused subchart configs has been
    removed".

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    role: true # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    role: false
    ```
    """

    id = "unused-value-removed"
    level = Level.PATCH
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key in the old values.yaml."""
        for gone in both.values.removed:
            if both.values.was_unread(gone) and not gone.still_read:
                yield self.verdict(
                    f"{named(gone.parts)}, which no template read, was removed", old=in_values(both.old, gone.parts)
                )
