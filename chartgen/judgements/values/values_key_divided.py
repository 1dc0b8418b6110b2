"""The judgement about values that do not reach everywhere any more."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named


class ValuesKeyDivided(ChartJudgement):
    """A template reads a new value where it read one that is still there for other places.

    ## Why
    Whoever has set the old value keeps it in some places and gets the new one's default in others. bitnami/matomo 6.0.0
    gave its cron jobs ``resources`` of their own in this way.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      server-level: {{ .Values.level | quote }}
      worker-level: {{ .Values.level | quote }}
    ```
    ```yaml
    # values.yaml
    level: info # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      server-level: {{ .Values.level | quote }}
      worker-level: {{ .Values.worker.level | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    worker:
      level: info # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      server-level: {{ .Values.level | quote }}
      worker-level: {{ .Values.worker.level | default .Values.level | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    worker:
      level: ""
    ```
    """

    id = "values-key-divided"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever sets the old value: it does not reach every place any more"
    advice = "set the new value as well"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the old value and the new one."""
        for old, new in both.values.divided:
            yield self.verdict(
                f"{named(new)} is read in a place where {named(old)} was",
                old=in_values(both.old, old),
                new=in_values(both.new, new),
                advice=f"set {named(new)} as well as {named(old)}",
            )
