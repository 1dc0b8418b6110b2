"""The judgement about the text of values.yaml."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.side import VALUES
from chartgen.judgements.base import At, ChartJudgement, Verdict
from chartgen.location import Location


class ValuesCommentsChanged(ChartJudgement):
    """values.yaml is written otherwise and says the same.

    ## Why
    Comments, order and quoting promise nothing, but they are in the package, whose bytes belong to its version:
    prometheus-community asks for a new version even where only documentation changed.

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
    # How much is logged.
    level: "info"
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
    # How much is logged.
    level: debug
    ```
    """

    id = "values-comments-changed"
    level = Level.PATCH

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the file."""
        changed = any(file.path == VALUES and file.kind == "changed" for file in both.files)
        if changed and both.values.is_same_data:
            where = At.file(Location(VALUES))
            yield self.verdict("only comments, order or quoting changed", old=where, new=where)
