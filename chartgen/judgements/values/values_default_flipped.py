"""The judgement about switches that are set the other way."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements._words import shown
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._defaults import FLIPPED, defaults
from chartgen.judgements.values._places import in_values, named, objects


class ValuesDefaultFlipped(ChartJudgement):
    """A switch is set the other way by default, and what is rendered changes.

    ## Why
    Whoever left it alone gets something else after the upgrade. How much that matters is judged where it is felt:
    argo-cd 10.0.0 switched its network policies on, and is major for those (``restriction-added``). By itself a switch
    that was turned is a minor step: maintainers turn them in minor versions and in patches as often as in major ones.
    The new chart is rendered with the old default to see what the switch does.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      tls: {{ .Values.tls.enabled | quote }}
    ```
    ```yaml
    # values.yaml
    tls:
      enabled: false # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      tls: {{ .Values.tls.enabled | quote }}
    ```
    ```yaml
    # values.yaml
    tls:
      enabled: true # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      tls: "false"
    {{- if and .Values.tls.enabled .Values.tls.secret }}
      secret: {{ .Values.tls.secret }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    tls:
      enabled: true
      secret: ""
    ```
    """

    id = "values-default-flipped"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "whoever relies on the default"
    advice = "set it to keep what was"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the switch on both sides."""
        for one in defaults(both, FLIPPED):
            yield self.verdict(
                f"{named(one.parts)} is {shown(one.after)} by default and was {shown(one.before)}, which changes "
                + objects(both, one.parts),
                old=in_values(both.old, one.parts),
                new=in_values(both.new, one.parts),
                advice=f"set {named(one.parts)} to {shown(one.before)} to keep what was",
            )
