"""Values under which a chart does nothing."""

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule


class ValuesFileRendersNothing(ScenarioRule):
    """A values file renders no object at all.

    ## Why
    Every check passes on nothing. A file in `ci/` or a `values-<env>.yaml` that switches everything off, or that
    sets a key which no longer exists, tests nothing and looks green.

    ## Bad
    ```yaml
    {{- if .Values.enabled }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    enabled: true
    ```
    ```yaml
    # ci/off-values.yaml
    enabled: false
    ```

    ## Good
    ```yaml
    {{- if .Values.enabled }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    enabled: false
    ```
    ```yaml
    # ci/on-values.yaml
    enabled: true
    ```
    """

    id = "values-file-renders-nothing"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    troubles = ("no-object",)

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look whether anything came out of a scenario that has a file of its own."""
        if ctx.values_file and ctx.failure is None and not ctx.objects and not ctx.bad and not ctx.crds:
            yield self.fault(
                Place.in_file(Location(ctx.values_file)),
                "the chart renders no object under these values",
                help="switch on what the file is there to try, or remove the file",
            )
