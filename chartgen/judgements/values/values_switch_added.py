"""The judgement about values that no longer do something by being there."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named
from chartgen.judgements.values._switches import SWITCHES, tested


class ValuesSwitchAdded(ChartJudgement):
    """Something that was switched on by being set needs a switch besides, and the switch is off.

    ## Why
    For whoever has set it, it silently disappears. kube-prometheus-stack 72.x put ``podDisruptionBudget.enabled`` in
    front of what used to work by being there.

    ## Before
    ```yaml
    {{- if .Values.budget }}
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec: {{- toYaml .Values.budget | nindent 2 }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    budget: {} # here
    ```

    ## After
    ```yaml
    {{- if .Values.budget.enabled }}
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec: {{- toYaml .Values.budget.spec | nindent 2 }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    budget:
      enabled: false # here
      spec: {}
    ```

    ## Not this
    ```yaml
    {{- if or .Values.budget .Values.budgets.enabled }}
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec: {{- toYaml .Values.budget | nindent 2 }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    budget: {}
    budgets:
      enabled: false
    ```
    """

    id = "values-switch-added"
    level = Level.MAJOR
    hurts = "whoever has set it: what it did disappears"
    advice = "set the switch as well"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the value, and at the switch."""
        before, after = tested(both.old), tested(both.new)
        for parts in sorted(after - before):
            around = parts[:-1]
            if parts[-1] not in SWITCHES or around not in before or around in after or both.values.old.names(parts):
                continue
            default = lookup(both.new.values, parts)
            if lookup(both.old.values, around) is not ABSENT and default in (ABSENT, False, None):
                yield self.verdict(
                    f"{named(around)} does nothing any more unless {named(parts)} is set",
                    old=in_values(both.old, around),
                    new=in_values(both.new, parts),
                    advice=f"set {named(parts)} to true where {named(around)} is set",
                )
