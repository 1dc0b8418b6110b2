"""The judgement about schemas that allow no other values."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.schema import TIGHTENED
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.schema._changes import in_schema, is_known, named, on_both_sides


class SchemaClosed(ChartJudgement):
    """values.schema.json refuses values that it does not name.

    ## Why
    What users have set for another version, or only misspelt, was ignored and is refused now. Zero to JupyterHub
    (#2200) called that a breaking change.

    ## Before
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"type": "string"}}}
    ```

    ## After
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"type": "string"}}, "additionalProperties": false}
    ```

    ## Not this
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"type": "string", "minLength": 1}}, "additionalProperties": true}
    ```
    """

    id = "schema-closed"
    level = Level.MAJOR
    hurts = "whoever sets what the schema does not name: helm refuses the values"
    advice = "try the values with 'helm lint' before the upgrade"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the keyword in the new schema."""
        for one in on_both_sides(both):
            closes = one.kind == TIGHTENED and one.keyword == "additionalProperties" and one.after is False
            if closes and is_known(both, one.place):
                yield self.verdict(
                    f"no other keys are accepted in {named(one.place)} any more", new=in_schema(both.new, one.new)
                )
