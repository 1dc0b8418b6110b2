"""The judgement about items that are gone from a default list."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements._words import shown
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._defaults import ITEMS, defaults, lost
from chartgen.judgements.values._places import in_values, named


class ValuesDefaultItemRemoved(ChartJudgement):
    """An item of a default list is gone or another, and what is rendered changes.

    ## Why
    Whoever uses the default loses the item; whoever copied the list to change it keeps the old one. postgres-exporter
    4.0.0 dropped a query of its default list in this way.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      queries: {{ join "," .Values.queries | quote }}
    ```
    ```yaml
    # values.yaml
    queries: # here
      - databases
      - tables
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      queries: {{ join "," .Values.queries | quote }}
    ```
    ```yaml
    # values.yaml
    queries: # here
      - tables
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      queries: {{ join "," .Values.queries | quote }}
    ```
    ```yaml
    # values.yaml
    queries:
      - databases
      - tables
      - indexes
    ```
    """

    id = "values-default-item-removed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever uses the default list"
    advice = "set the whole list to keep the item"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the list on both sides."""
        for one in defaults(both, ITEMS):
            items = lost(one)
            more = f" and {len(items) - 1} more" if len(items) > 1 else ""
            yield self.verdict(
                f"the default of {named(one.parts)} does not have {shown(items[0])}{more} any more",
                old=in_values(both.old, one.parts),
                new=in_values(both.new, one.parts),
            )
