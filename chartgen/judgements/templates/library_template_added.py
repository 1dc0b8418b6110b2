"""The judgement about named templates that a library has from now on."""

from collections.abc import Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.templates._defines import at


class LibraryTemplateAdded(ChartJudgement):
    """A library chart has a new named template.

    ## Why
    Charts that include it need this version or a later one, which only works when it is a minor one: ``^4.1.0`` says
    so. common 4.1.0 of bjw-s was released for that.

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
    {{- define "example.fullname" -}}{{ .Release.Name }}{{- end }} # here
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
    {{- define "example.name" -}}{{ .Chart.Name | trunc 63 }}{{- end }}
    ```
    """

    id = "library-template-added"
    level = Level.MINOR

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the new definition."""
        if both.new.is_library:
            for one in both.defines:
                if one.old is None and one.new is not None:
                    yield self.verdict(f"the named template {one.new.name!r} is new", new=at(one.new))
