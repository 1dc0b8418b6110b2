"""The judgement about values that no longer do something by being there."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named
from chartgen.judgements.values._switches import SWITCHES, tested, tested_together
from chartgen.templates.abstract import Parts


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

    ## Before: a switch beside it
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}
      {{- with .Values.tls }}
      tls: {{- toYaml . | nindent 8 }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    tls: [] # here
    ```

    ## After: a switch beside it
    ```yaml
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}
      {{- if and .Values.secure .Values.tls }}
      tls: {{- toYaml .Values.tls | nindent 8 }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    tls: []
    secure: false # here
    ```
    """

    id = "values-switch-added"
    level = Level.MAJOR
    hurts = "whoever has set it: what it did disappears"
    advice = "set the switch as well"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the value, and at the switch."""
        for value, switch in _switched(both):
            yield self.verdict(
                f"{named(value)} does nothing any more unless {named(switch)} is set",
                old=in_values(both.old, value),
                new=in_values(both.new, switch),
                advice=f"set {named(switch)} to true where {named(value)} is set",
            )


def _switched(both: Comparison) -> Iterator[tuple[Parts, Parts]]:
    """Values that alone decided a branch and do not now, each with the new switch that does, which is off."""
    before, after = tested(both.old), tested(both.new)
    lost = [parts for parts in sorted(before - after) if lookup(both.old.values, parts) is not ABSENT]
    together = tested_together(both.new)
    for switch in sorted({*after, *(parts for some in together for parts in some)} - before):
        default = lookup(both.new.values, switch)
        if default not in (ABSENT, False, None) or both.values.old.names(switch):
            continue
        for value in lost:
            alone = switch in after and _is_switch_of(switch, value)
            if alone or (default is False and any({switch, value} <= some for some in together)):
                yield value, switch


def _is_switch_of(switch: Parts, value: Parts) -> bool:
    """Whether a key is called as the switch of another is: ``tls.enabled``, or ``tlsEnabled`` beside it."""
    if switch[:-1] == value:
        return switch[-1] in SWITCHES
    name = switch[-1].lower()
    return switch[:-1] == value[:-1] and "enable" in name and value[-1].lower() in name
