"""The judgement about what schemas only tell."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.schema import ANNOTATED
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.schema._changes import on_both_sides, whole_schema


class SchemaAnnotationsChanged(ChartJudgement):
    """Only titles, descriptions, examples or the like changed in values.schema.json.

    ## Why
    JSON Schema refuses nothing for what these keywords say, ``default`` among them: Helm takes defaults from
    values.yaml.

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
    {"type": "object", "properties": {"level": {"type": "string", "description": "how much is logged"}}}
    ```

    ## Not this
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {"type": "object", "properties": {"level": {"type": "string", "minLength": 1}}}
    ```
    """

    id = "schema-annotations-changed"
    level = Level.PATCH

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the file."""
        found = on_both_sides(both)
        if found and all(one.kind == ANNOTATED and one.keyword != "$schema" for one in found):
            keywords = ", ".join(sorted({one.keyword for one in found}))
            yield self.verdict(f"only {keywords} changed", old=whole_schema(), new=whole_schema())
