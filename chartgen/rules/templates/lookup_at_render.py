"""Templates that ask the cluster."""

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Profile
from chartgen.rules.reading import at, templates


class LookupAtRender(ChartRule):
    """A template asks the cluster for an object.

    ## Why
    `lookup` finds nothing under `helm template`, in CI, and in Argo CD, which renders without a cluster: there the
    chart renders as if for the first time, and what it was to keep is made anew. It also needs rights that whoever
    installs may not have.

    ## Bad
    ```yaml
    {{- $old := lookup "v1" "Secret" .Release.Namespace .Release.Name }} # here
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      secret: {{ ternary "there" "missing" (not (empty $old)) }}
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      secret: {{ ternary "there" "missing" (not (empty .Values.existingSecret)) }}
    ```
    ```yaml
    # values.yaml
    existingSecret: ""
    ```
    """

    id = "lookup-at-render"
    severity = Severity.INFO
    profile = Profile.STRICT
    needs = ("templates:lookup",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for calls of ``lookup``."""
        for path, template in templates(ctx, holding=lambda text: "lookup" in text):
            for call in template.calls:
                if call.args[0].value == "lookup":
                    yield self.fault(
                        at(path, template, call),
                        "what 'lookup' finds depends on the cluster; without one it finds nothing",
                        help="take the name of an existing object from the values",
                    )
