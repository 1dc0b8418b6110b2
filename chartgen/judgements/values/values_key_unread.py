"""The judgement about values that are still listed and not read any more."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_values, named


class ValuesKeyUnread(ChartJudgement):
    """A value is still in values.yaml, and no template reads it any more.

    ## Why
    Whoever sets it upgrades without an error, and what it did stops: worse than a key that is gone, because values.yaml
    still promises it. prometheus-adapter 4.0.0 noted that ``runAsUser`` is "not used any longer". NOTES.txt that tells
    of it does nothing with it.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | quote }}
      user: {{ .Values.runAsUser | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    runAsUser: 1000 # here
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
    level: info
    runAsUser: 1000 # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data: {{- toYaml (omit .Values "other") | nindent 2 }}
    ```
    ```yaml
    # values.yaml
    level: info
    runAsUser: 1000
    ```

    ## Before: told of
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      host: {{ .Values.host | quote }}
    ```
    ```yaml
    # templates/NOTES.txt
    Open {{ .Values.host }}
    ```
    ```yaml
    # values.yaml
    host: example.com # here
    ```

    ## After: told of
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      name: {{ .Release.Name | quote }}
    ```
    ```yaml
    # templates/NOTES.txt
    Open {{ .Values.host }}
    ```
    ```yaml
    # values.yaml
    host: example.com # here
    ```
    """

    id = "values-key-unread"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever sets it: the value is silently ignored"
    advice = "set what replaces it"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key on both sides."""
        for parts in both.values.forgotten:
            yield self.verdict(
                f"no template reads {named(parts)} any more",
                old=in_values(both.old, parts),
                new=in_values(both.new, parts),
            )
