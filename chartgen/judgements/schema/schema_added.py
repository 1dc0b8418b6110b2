"""The judgement about schemas that are new and refuse little."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.schema._changes import strictness, whole_schema


class SchemaAdded(ChartJudgement):
    """There is a values.schema.json now, which says no more than what type a value has.

    ## Why
    It documents what the templates expected anyway, and refuses what would have failed. alertmanager and external-dns
    began so, in minor versions.

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
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"type": "string", "description": "how much is logged"}}}
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
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"type": "string"}}, "additionalProperties": false}
    ```
    """

    id = "schema-added"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the file."""
        if both.old.schema is None and both.new.schema is not None and not any(strictness(both)):
            yield self.verdict("is new, and refuses nothing but wrong types", new=whole_schema())
