"""The judgement about values that take another kind as well."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._kinds import WIDENED, retyped
from chartgen.judgements.values._places import in_values, named


class ValuesKeyWidened(ChartJudgement):
    """A value has a default of another kind, and what it was is accepted as well.

    ## Why
    What users have set keeps working: templates tell the kinds apart, or the schema accepts both. external-dns 1.14.0
    lets ``provider`` be a map where it was text.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      provider: {{ .Values.provider | quote }}
    ```
    ```yaml
    # values.yaml
    provider: aws # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- if kindIs "string" .Values.provider }}
      provider: {{ .Values.provider | quote }}
      {{- else }}
      provider: {{ .Values.provider.name | quote }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    provider: # here
      name: aws
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      provider: {{ .Values.provider.name | quote }}
    ```
    ```yaml
    # values.yaml
    provider:
      name: aws
    ```
    """

    id = "values-key-widened"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key on both sides."""
        for one, meaning in retyped(both):
            if meaning == WIDENED:
                before, after = one.kinds
                yield self.verdict(
                    f"{named(one.parts)} is a {after} by default, and a {before} is still accepted",
                    old=in_values(both.old, one.parts),
                    new=in_values(both.new, one.parts),
                )
