"""The judgement about schemas that are gone."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.schema._changes import whole_schema


class SchemaRemoved(ChartJudgement):
    """values.schema.json is gone.

    ## Why
    Everything is accepted now that was, and more: mistakes in values are no longer told. That is the largest loosening
    there is.

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

    ## Not this
    ```yaml
    # values.yaml
    level: info
    ```
    ```json
    # values.schema.json
    {}
    ```
    """

    id = "schema-removed"
    level = Level.MINOR

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the file of the old chart."""
        if both.old.schema is not None and both.new.schema is None:
            yield self.verdict("was removed: values are not checked any more", old=whole_schema())
