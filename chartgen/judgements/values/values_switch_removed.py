"""The judgement about values that do something by being there from now on."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named
from chartgen.judgements.values._switches import SWITCHES, tested


class ValuesSwitchRemoved(ChartJudgement):
    """The switch of something is gone, which is switched on by being set.

    ## Why
    Whoever has set the switch hands it on as if it were a setting, and whoever had it off while keeping the settings
    gets it switched on. blackbox-exporter 2.0.0 went this way in a major version.

    ## Before
    ```yaml
    {{- if .Values.budget.enabled }}
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      minAvailable: {{ .Values.budget.minAvailable }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    budget:
      enabled: false # here
    ```

    ## After
    ```yaml
    {{- with .Values.budget }}
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec: {{- toYaml . | nindent 2 }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    budget: {} # here
    ```

    ## Not this
    ```yaml
    {{- if .Values.budget.enabled }}
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec: {{- toYaml (omit .Values.budget "enabled") | nindent 2 }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    budget:
      enabled: false
    ```
    """

    id = "values-switch-removed"
    level = Level.MAJOR
    hurts = "whoever has set the switch"
    advice = "remove the switch, and the settings of what is not wanted"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the switch, and at what was around it."""
        before, after = tested(both.old), tested(both.new)
        for parts in sorted(before):
            around = parts[:-1]
            if parts[-1] in SWITCHES and around in after and around not in before and parts not in after:
                yield self.verdict(
                    f"{named(around)} does what it does by being set: {named(parts)} switches nothing any more",
                    old=in_values(both.old, parts),
                    new=in_values(both.new, around),
                )
