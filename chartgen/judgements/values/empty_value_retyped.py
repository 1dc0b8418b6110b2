"""The judgement about empty defaults of another kind."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._kinds import HARMLESS, retyped
from chartgen.judgements.values._places import in_values, named


class EmptyValueRetyped(ChartJudgement):
    """An empty default is of another kind, and the templates only pass on what is set.

    ## Why
    ``{}`` where a list belongs is a slip of values.yaml: nobody could use the old kind, and what users set works as it
    did. pushgateway 1.19.2 put ``extraVolumes`` right so, in a patch.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers: [{name: web, image: "web:1.0"}]
      {{- with .Values.extraVolumes }}
      volumes: {{- toYaml . | nindent 4 }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    extraVolumes: {} # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers: [{name: web, image: "web:1.0"}]
      {{- with .Values.extraVolumes }}
      volumes: {{- toYaml . | nindent 4 }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    extraVolumes: [] # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers: [{name: web, image: "web:1.0"}]
      volumes:
        {{- range $name, $value := .Values.extraVolumes }}
        - name: {{ $name }}
          emptyDir: {{ toYaml $value.dir | nindent 12 }}
        {{- end }}
    ```
    ```yaml
    # values.yaml
    extraVolumes: {}
    ```
    """

    id = "empty-value-retyped"
    level = Level.PATCH
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key on both sides."""
        for one, meaning in retyped(both):
            if meaning == HARMLESS:
                before, after = one.kinds
                yield self.verdict(
                    f"the default of {named(one.parts)} is an empty {after} and was an empty {before}"
                    if not one.after
                    else f"the default of {named(one.parts)} is a {after} and was an empty {before}",
                    old=in_values(both.old, one.parts),
                    new=in_values(both.new, one.parts),
                )
