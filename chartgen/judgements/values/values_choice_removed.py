"""The judgement about words that a value could be, and that templates do not know any more."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.compare.side import Side
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.objects._told import listed
from chartgen.judgements.values._places import in_values, named
from chartgen.templates.abstract import Const, Parts, Path, Test, Value

Choice = tuple[Parts, str]
"""A value, and a word that templates compare it with."""


class ValuesChoiceRemoved(ChartJudgement):
    """A word that a value could be is not known to the templates any more.

    ## Why
    The key is still there and still read, and the defaults render as before. For whoever has chosen what is gone, the
    templates take no branch, or another one. Words that are also printed as they are (``type: {{ .Values.type }}``) are
    Kubernetes' to know, and no choice of the chart.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- if eq .Values.sessions "redis" }}
      url: redis://sessions
      {{- else if eq .Values.sessions "memory" }}
      url: memory
      {{- end }}
    ```
    ```yaml
    # values.yaml
    sessions: memory # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- if eq .Values.sessions "memory" }}
      url: memory
      {{- end }}
    ```
    ```yaml
    # values.yaml
    sessions: memory # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- if has .Values.sessions (list "memory" "redis") }}
      url: {{ get (dict "memory" "memory" "redis" "redis://sessions") .Values.sessions }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    sessions: memory
    ```
    """

    id = "values-choice-removed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever has chosen it: templates do not know it any more"
    advice = "choose another, and say which one takes its place"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the value on both sides."""
        if not both.values.is_certain:
            return
        before, after = set(_choices(both.old)), set(_choices(both.new))
        known = {parts for parts, _ in after}
        printed = {one.parts for one in both.new.analysis.reads.shown}
        lost = [one for one in sorted(before - after) if one[0] in known - printed and _is_gone(one[1], both.new)]
        for parts, some in groupby(lost, key=lambda one: one[0]):
            if any(lookup(side.values, parts) is ABSENT for side in (both.old, both.new)):
                continue
            yield self.verdict(
                f"templates do not know {listed([repr(word) for _, word in some])} any more as {named(parts)}",
                old=in_values(both.old, parts),
                new=in_values(both.new, parts),
            )


def _choices(side: Side) -> Iterator[Choice]:
    """The words that values are compared with by the chart's own templates."""
    visits = side.analysis.reads.visits
    yield from _compared(visit.condition for visit in visits if not visit.file.endswith("NOTES.txt"))


def _compared(conditions: Iterable[Value]) -> Iterator[Choice]:
    for condition in conditions:
        if not isinstance(condition, Test):
            continue
        if condition.op in ("eq", "ne"):
            paths = [one.parts for one in condition.args if isinstance(one, Path)]
            words = [one.value for one in condition.args if isinstance(one, Const)]
            yield from ((parts, word) for parts in paths for word in words if isinstance(word, str) and word)
        yield from _compared(condition.args)


def _is_gone(word: str, side: Side) -> bool:
    """Whether no template has a word any more, in whatever way."""
    paths = (path for path in side.chart.files if "templates/" in path)
    return not any(f'"{word}"' in (text := side.chart.text(path) or "") or f"`{word}`" in text for path in paths)
