"""The judgement about defaults that are others."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements._words import shown
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._defaults import PLAIN, defaults
from chartgen.judgements.values._places import in_values, named, objects


class ValuesDefaultChanged(ChartJudgement):
    """A default is another.

    ## Why
    What that means is judged where it is felt, in the objects that are rendered: another image is not another port.
    Where nothing rendered changes, the default only matters to those who switch on what it belongs to.

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
    level: warning # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | upper | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    ```
    """

    id = "values-default-changed"
    level = Level.PATCH

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the default on both sides."""
        for one in defaults(both, PLAIN):
            told = f"the default of {named(one.parts)} is {shown(one.after)} and was {shown(one.before)}"
            if one.parts in both.effects:
                felt = objects(both, one.parts)
                told += f", which changes {felt}" if felt else ", which changes nothing that is rendered by default"
            yield self.verdict(told, old=in_values(both.old, one.parts), new=in_values(both.new, one.parts))
