"""The judgement about the version of JSON Schema."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.schema import ANNOTATED
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.schema._changes import in_schema, on_both_sides


class SchemaDraftChanged(ChartJudgement):
    """values.schema.json is written for another version of JSON Schema.

    ## Why
    Helm 3 before 3.18 understands draft 7 and no later one: it passes over keywords that it does not know, and may
    judge others by older rules. helm-schema therefore stays with draft 7.

    ## Before
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}
    ```

    ## After
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}
    ```

    ## Not this
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "title": "Values"}
    ```
    """

    id = "schema-draft-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at ``$schema`` on both sides."""
        for one in on_both_sides(both):
            if one.kind == ANNOTATED and one.keyword == "$schema" and not one.place:
                before, after = ("none" if side is ABSENT else repr(side) for side in (one.before, one.after))
                yield self.verdict(
                    f"$schema is {after} and was {before}",
                    old=in_schema(both.old, one.old),
                    new=in_schema(both.new, one.new),
                )
