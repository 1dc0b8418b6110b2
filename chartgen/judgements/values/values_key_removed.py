"""The judgement about values that are gone."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comments import is_mentioned
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_template, in_values, is_of_lost_dependency, named


class ValuesKeyRemoved(ChartJudgement):
    """A value that templates read is gone, and nothing reads it any more.

    ## Why
    Helm never rejects a value that nobody reads: whoever sets it upgrades without an error, and what it did stops.
    jenkins 5.0.0 removed its backup values, blackbox-exporter 7.0.0 its ``allowICMP``. A template that only asks for it
    to end the render, or NOTES.txt to tell of it, does nothing with it: the authors know that it breaks.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.log.level | quote }}
      backup: {{ .Values.backup.schedule | quote }}
    ```
    ```yaml
    # values.yaml
    log:
      level: info
    backup: # here
      schedule: "@daily"
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.log.level | quote }}
    ```
    ```yaml
    # values.yaml
    log:
      level: info
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.log.level | quote }}
      backup: {{ dig "schedule" "@daily" (.Values.backup | default dict) | quote }}
    ```
    ```yaml
    # values.yaml
    log:
      level: info
    ```

    ## Before: refused
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | quote }}
      backup: {{ .Values.backup | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    backup: "@daily" # here
    ```

    ## After: refused
    ```yaml
    {{- if .Values.backup }}
    {{- fail "backup is gone: install the operator" }}
    {{- end }}
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
    """

    id = "values-key-removed"
    level = Level.MAJOR
    hurts = "whoever sets it: the value is silently ignored"
    advice = "remove it, or set what replaces it"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key in the old values.yaml; one that only templates knew, at the template."""
        values = both.values
        for gone in values.removed:
            if values.was_unread(gone) or gone.moved_to or gone.still_read or is_of_lost_dependency(both, gone.parts):
                continue
            asked = gone.parts in both.new.analysis.reads.touched
            certain = gone.use == "named" and values.is_certain
            yield self.verdict(
                f"{named(gone.parts)} was removed, and no template {'uses' if asked else 'reads'} it any more",
                old=in_values(both.old, gone.parts),
                certainty=Certainty.DEFINITE if certain else Certainty.LIKELY,
                hurts="whoever sets it: the chart refuses it, or tells of it and does nothing" if asked else "",
            )
        for parts in values.undocumented:
            shown = is_mentioned(both.old, parts)
            yield self.verdict(
                f"no template reads {named(parts)} any more, which values.yaml did not list",
                old=in_template(both.old, parts),
                level=Level.MAJOR if shown else Level.MINOR,
                certainty=Certainty.LIKELY,
            )
