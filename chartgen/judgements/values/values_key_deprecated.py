"""The judgement about values that are announced to go."""

import re
from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comments import comment_above
from chartgen.compare.comparison import Comparison
from chartgen.compare.side import VALUES
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named
from chartgen.templates.abstract import Parts

_SAYS_SO = re.compile(r"\bdeprecated?\b", re.IGNORECASE)


class ValuesKeyDeprecated(ChartJudgement):
    """A value is called deprecated, and still works.

    ## Why
    It breaks nothing and announces what will. external-dns 1.14.0 called ``secretConfiguration`` deprecated in a minor
    version.

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
    # How much is logged
    level: info # here
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
    # Deprecated: how much is logged
    level: info # here
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
    # How little is logged
    level: info
    ```
    """

    id = "values-key-deprecated"
    level = Level.MINOR
    advice = "set what replaces it before it goes"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key on both sides."""
        if not _SAYS_SO.search(both.new.chart.text(VALUES) or ""):
            return
        for parts in _shared(both.old.values, both.new.values, ()):
            after = comment_above(both.new, parts)
            if _SAYS_SO.search(after) and not _SAYS_SO.search(comment_above(both.old, parts)):
                yield self.verdict(
                    f"{named(parts)} is called deprecated",
                    old=in_values(both.old, parts),
                    new=in_values(both.new, parts),
                )


def _shared(old: object, new: object, at: Parts) -> Iterator[Parts]:
    """The keys that both values.yaml have."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old:
            if key in new:
                yield (*at, key)
                yield from _shared(old[key], new[key], (*at, key))
