"""The judgement about named templates that a chart does not have any more."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.templates._defines import at, lost


class NamedTemplateRemoved(ChartJudgement):
    """A named template of a chart that is no library is gone, or has another name.

    ## Why
    It is the chart's own business, but the names of all charts of a release are one set: a chart that has this one as a
    dependency may include its templates, or override them. argo-cd 5.5.20 has a note about one.

    ## Before
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.fullname" -}}{{ .Release.Name }}{{- end }} # here
    ```
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ include "example.fullname" . }}
    ```

    ## After
    ```yaml
    # templates/_helpers.tpl
    {{- define "web.fullname" -}}{{ .Release.Name }}{{- end }} # here
    ```
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ include "web.fullname" . }}
    ```

    ## Not this
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.fullname" -}}{{ .Release.Name | trunc 63 }}{{- end }}
    ```
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ include "example.fullname" . }}
    ```
    """

    id = "named-template-removed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "charts that depend on this one and include the template"
    advice = "include the template that replaces it"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both definitions."""
        for one, told in lost(both, library=False):
            yield self.verdict(told, old=at(one.old), new=at(one.new))
