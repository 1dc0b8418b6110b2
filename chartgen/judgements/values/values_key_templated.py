"""The judgement about values that become templates."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_template, in_values, named
from chartgen.judgements.values._templated import newly_templated


class ValuesKeyTemplated(ChartJudgement):
    """A value that was used as it stands is rendered as a template.

    ## Why
    Text with ``{{ }}`` in it meant itself and is now run: alerts, dashboards and configuration of other programs that
    use the same brackets break. grafana 10.0.0 asks its users to escape theirs. Few have such text in most values;
    where the chart's own values have it, the step is a major one.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      alert: {{ .Values.alert | quote }}
    ```
    ```yaml
    # values.yaml
    alert: "{{ $labels.instance }} is down" # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      alert: {{ tpl .Values.alert . | quote }}
    ```
    ```yaml
    # values.yaml
    alert: "{{ `{{ $labels.instance }}` }} is down" # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      alert: {{ .Values.alert | trim | quote }}
    ```
    ```yaml
    # values.yaml
    alert: "{{ $labels.instance }} is down"
    ```
    """

    id = "values-key-templated"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key, or where there is none at the template that reads it."""
        for parts in newly_templated(both.old, both.new, both.values.old, both.values.new):
            has_brackets = "{{" in str(lookup(both.old.values, parts))
            listed = lookup(both.new.values, parts) is not ABSENT
            yield self.verdict(
                f"{named(parts)} is rendered as a template now",
                old=in_values(both.old, parts) if listed else None,
                new=in_values(both.new, parts) if listed else in_template(both.new, parts),
                level=Level.MAJOR if has_brackets else None,
                certainty=Certainty.DEFINITE if has_brackets else None,
                hurts="whoever has {{ }} in what they set" if has_brackets else "",
                advice="escape brackets that mean themselves: {{ `{{ }}` }}",
            )
