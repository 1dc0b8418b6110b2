"""The judgement about values that are of another kind."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._kinds import BROKEN, retyped
from chartgen.judgements.values._places import in_values, named


class ValuesKeyRetyped(ChartJudgement):
    """A value is a map, a list or plain text where it was another of these.

    ## Why
    What users have set does not fit any more: it fails, or renders something else. A list that becomes a map is merged
    with what users set instead of being replaced by it. node-exporter 3.0.0 made a switch a map, argo-cd 7.0.0 a list.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- range .Values.clusters }}
      {{ .name }}: {{ .server | quote }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    clusters: # here
      - name: one
        server: https://one
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- range $name, $cluster := .Values.clusters }}
      {{ $name }}: {{ $cluster.server | quote }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    clusters: # here
      one:
        server: https://one
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- if kindIs "slice" .Values.clusters }}
      {{- range .Values.clusters }}
      {{ .name }}: {{ .server | quote }}
      {{- end }}
      {{- else }}
      {{- range $name, $cluster := .Values.clusters }}
      {{ $name }}: {{ $cluster.server | quote }}
      {{- end }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    clusters:
      one:
        server: https://one
    ```
    """

    id = "values-key-retyped"
    level = Level.MAJOR
    hurts = "whoever sets it: what they set has the wrong form"
    advice = "write the value in its new form"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key on both sides."""
        for one, meaning in retyped(both):
            if meaning == BROKEN:
                before, after = one.kinds
                merges = {before, after} == {"list", "map"}
                yield self.verdict(
                    f"{named(one.parts)} was a {before} and is a {after}"
                    + (": maps are merged with what users set, lists are replaced" if merges else ""),
                    old=in_values(both.old, one.parts),
                    new=in_values(both.new, one.parts),
                )
