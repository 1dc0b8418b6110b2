"""The judgement about named templates that a library does not have any more."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.templates._defines import at, lost


class LibraryTemplateRemoved(ChartJudgement):
    """A named template of a library chart is gone, or has another name.

    ## Why
    Every chart that includes it fails: "no template ... associated with template". bitnami/common 2.31.1 removed two in
    a patch, which broke charts of Prefect, Mailu and others.

    ## Before
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: library
    ```
    ```yaml
    # templates/_names.tpl
    {{- define "example.name" -}}{{ .Chart.Name }}{{- end }}
    {{- define "example.fullname" -}}{{ .Release.Name }}-{{ .Chart.Name }}{{- end }} # here
    ```

    ## After
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: library
    ```
    ```yaml
    # templates/_names.tpl
    {{- define "example.name" -}}{{ .Chart.Name }}{{- end }}
    ```

    ## Not this
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    type: library
    ```
    ```yaml
    # templates/_names.tpl
    {{- define "example.name" -}}{{ .Chart.Name }}{{- end }}
    ```
    ```yaml
    # templates/_fullname.tpl
    {{- define "example.fullname" -}}{{ .Release.Name }}-{{ .Chart.Name }}{{- end }}
    ```
    """

    id = "library-template-removed"
    level = Level.MAJOR
    hurts = "every chart that includes it: it does not render any more"
    advice = "include the template that replaces it"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at both definitions."""
        for one, told in lost(both, library=True):
            yield self.verdict(told, old=at(one.old), new=at(one.new))
