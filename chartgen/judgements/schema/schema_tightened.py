"""The judgement about schemas that accept less."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.schema import DESCRIBED, TIGHTENED, SchemaChange
from chartgen.judgements._words import shown
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.schema._changes import in_schema, is_choosy, is_known, named, on_both_sides

_ELSEWHERE = ("required", "additionalProperties")


class SchemaTightened(ChartJudgement):
    """values.schema.json refuses values that it accepted.

    ## Why
    Helm refuses the upgrade of whoever has set such a value. traefik 39.0.0: "Schema validation has been enforced in
    this release". Types, enumerations, bounds and patterns are compared; what cannot be decided is called likely.

    ## Before
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"enum": ["info", "debug", "trace"]}}}
    ```

    ## After
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"enum": ["info", "debug"]}}}
    ```

    ## Not this
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"enum": ["info", "debug", "trace", "error"]}}}
    ```
    """

    id = "schema-tightened"
    level = Level.MAJOR
    hurts = "whoever sets what is refused now: helm refuses the values"
    advice = "change values that are refused now"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the keyword in both schemas."""
        removed = {gone.parts for gone in both.values.removed}
        for one in on_both_sides(both):
            is_told = one.keyword in _ELSEWHERE and one.after is not ABSENT and not isinstance(one.after, dict)
            if one.kind == TIGHTENED and not is_told and one.place not in removed and is_known(both, one.place):
                yield self._verdict(both, one, certain=one.certain)
            elif one.kind == DESCRIBED and is_known(both, one.place) and is_choosy(one):
                yield self._verdict(both, one, certain=False)

    def _verdict(self, both: Comparison, one: SchemaChange, *, certain: bool) -> Verdict:
        told = f"accepts less at {named(one.place)}" if certain else f"may accept less at {named(one.place)}"
        before, after = ("nothing" if value is ABSENT else shown(value) for value in (one.before, one.after))
        return self.verdict(
            f"{told}: {one.keyword} is {after} and was {before}",
            old=in_schema(both.old, one.old) if one.before is not ABSENT else None,
            new=in_schema(both.new, one.new),
            certainty=Certainty.DEFINITE if certain else Certainty.LIKELY,
        )
