"""The judgement about values that are new."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named


class ValuesKeyAdded(ChartJudgement):
    """There is a new value to set.

    ## Why
    Something can be done that could not be done before, and nobody has to: that is what minor versions are for.
    external-dns 1.19.0 added ``annotationFilter`` in one.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.log.level | quote }}
    ```
    ```yaml
    # values.yaml
    log:
      level: info
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.log.level | quote }}
      {{- with .Values.log.format }}
      format: {{ . | quote }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    log:
      level: info
      format: "" # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.log.level | quote }}
    ```
    ```yaml
    # values.yaml
    log:
      level: info
      format: ""
    ```
    """

    id = "values-key-added"
    level = Level.MINOR

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the new key; one that the old templates read already is only documented now."""
        for came in both.values.added:
            if came.use == "named" and not came.known and came.moved_from is None:
                yield self.verdict(f"{named(came.parts)} is new", new=in_values(both.new, came.parts))
