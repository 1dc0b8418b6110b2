"""The judgement about values that a schema requires."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.schema import TIGHTENED
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.schema._changes import in_schema, is_known, is_satisfied, named, on_both_sides


class SchemaRequiredAdded(ChartJudgement):
    """values.schema.json requires a value that could be left out.

    ## Why
    Helm refuses the values of whoever does not set it. Where values.yaml sets it, nobody is hurt: Helm validates the
    values with the defaults among them.

    ## Before
    ```yaml
    # values.yaml
    users: []
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"users": {"type": "array", "items": {"type": "object"}}}}
    ```

    ## After
    ```yaml
    # values.yaml
    users: []
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"users": {"type": "array", "items": {"type": "object", "required": ["name"]}}}}
    ```

    ## Not this
    ```yaml
    # values.yaml
    users: []
    ```
    ```json
    # values.schema.json
    {
      "type": "object",
      "required": ["users"],
      "properties": {"users": {"type": "array", "items": {"type": "object"}}}
    }
    ```
    """

    id = "schema-required-added"
    level = Level.MAJOR
    hurts = "whoever does not set it: helm refuses the values"
    advice = "set it before the upgrade"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the name in the new schema."""
        for one in on_both_sides(both):
            is_new = one.kind == TIGHTENED and one.keyword == "required" and is_known(both, one.place[:-1])
            if is_new and not is_satisfied(both, one.place):
                yield self.verdict(f"{named(one.place)} is required", new=in_schema(both.new, one.new))
