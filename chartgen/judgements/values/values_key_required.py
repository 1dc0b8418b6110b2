"""The judgement about values that must be set from now on."""

from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import is_empty, lookup
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_template, in_values, named
from chartgen.templates.abstract import ANY, Parts


class ValuesKeyRequired(ChartJudgement):
    """A value that could be left out must be set.

    ## Why
    Whoever did not set it cannot upgrade: ``required`` ends the rendering. otel-collector 0.89.0 asks for
    ``image.repository``, postgres-exporter 8.0.0 for a password. What only belongs to something new hurts nobody.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- if .Values.mail.enabled }}
      host: {{ .Values.mail.host | default "localhost" }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    mail:
      enabled: false
      host: "" # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- if .Values.mail.enabled }}
      host: {{ required "mail.host is needed" .Values.mail.host }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    mail:
      enabled: false
      host: "" # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      {{- if .Values.mail.enabled }}
      host: {{ .Values.mail.host | default "localhost" }}
      {{- end }}
      {{- if .Values.backup.enabled }}
      bucket: {{ required "backup.bucket is needed" .Values.backup.bucket }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    mail:
      enabled: false
      host: ""
    backup:
      enabled: false
      bucket: ""
    ```
    """

    id = "values-key-required"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever does not set it: the chart does not render"
    advice = "set it before the upgrade"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key, or where there is none at the template that asks for it."""
        for parts in sorted(() if both.values.unread else both.new.analysis.reads.required):
            if ANY in parts or not parts or both.values.old.is_required(parts) or _is_of_something_new(both, parts):
                continue
            before, after = (lookup(side.values, parts) for side in (both.old, both.new))
            if after is not ABSENT and not is_empty(after):
                continue
            was_set = before is not ABSENT and not is_empty(before)
            yield self.verdict(
                f"{named(parts)} must be set" + (", and has no default any more" if was_set else ""),
                old=in_values(both.old, parts) if before is not ABSENT else None,
                new=in_values(both.new, parts) if after is not ABSENT else in_template(both.new, parts),
                certainty=Certainty.DEFINITE if was_set else None,
            )


def _is_of_something_new(both: Comparison, parts: Parts) -> bool:
    """Whether the old chart knew neither the key nor the map around it: nobody can use what it belongs to."""
    known = both.values.old.reads(parts)
    if known or len(parts) == 1:
        return False
    return lookup(both.old.values, parts[:-1]) is ABSENT and not both.values.old.reads(parts[:-1])
