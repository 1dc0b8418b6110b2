"""The judgement about schemas that are new and refuse something."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.schema._changes import in_schema, named, strictness


class SchemaAddedStrict(ChartJudgement):
    """There is a values.schema.json now, and it may refuse what was accepted.

    ## Why
    Without a schema Helm accepts every value. One that allows no others, or names the values that may be set, refuses
    what users have; policy-controller 0.8.1 broke them so in a patch, otel-operator 0.50.0 warned.

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
    {"type": "object", "properties": {"level": {"enum": ["info", "debug"]}}, "additionalProperties": false}
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
    {"type": "object", "required": ["level"], "properties": {"level": {"type": "string"}}}
    ```
    """

    id = "schema-added-strict"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever sets what the schema does not accept: helm refuses the values"
    advice = "try the values with 'helm lint' before the upgrade"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the first place that refuses something."""
        if both.old.schema is not None or both.new.schema is None:
            return
        found = list(strictness(both))
        if found:
            first = found[0]
            more = f", and {len(found) - 1} more such" if len(found) > 1 else ""
            told = f"{first.keyword} at {named(first.place)}"
            yield self.verdict(f"is new, and may refuse values ({told}{more})", new=in_schema(both.new, first.new))
