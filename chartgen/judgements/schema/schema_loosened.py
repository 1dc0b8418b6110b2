"""The judgement about schemas that accept more."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.schema import DESCRIBED, LOOSENED
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.schema._changes import in_schema, is_choosy, is_known, named, on_both_sides


class SchemaLoosened(ChartJudgement):
    """values.schema.json accepts values that it refused, or names new ones.

    ## Why
    All that was accepted still is. external-dns 1.18.0 allowed one more policy, in a minor version.

    ## Before
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"enum": ["info", "debug"]}}}
    ```

    ## After
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"enum": ["info", "debug", "trace"]}}}
    ```

    ## Not this
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"enum": ["info", "debug"], "description": "how much is logged"}}}
    ```
    """

    id = "schema-loosened"
    level = Level.MINOR

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the keyword in both schemas."""
        for one in on_both_sides(both):
            if one.kind == LOOSENED:
                told = "names" if one.before is ABSENT else "accepts more at"
                yield self.verdict(
                    f"{told} {named(one.place)} ({one.keyword})",
                    old=in_schema(both.old, one.old) if one.before is not ABSENT else None,
                    new=in_schema(both.new, one.new),
                )
            elif one.kind == DESCRIBED and not (is_known(both, one.place) and is_choosy(one)):
                yield self.verdict(f"names {named(one.place)}", new=in_schema(both.new, one.new))
