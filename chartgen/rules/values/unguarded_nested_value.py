"""Fields of values that are not there."""

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import analysis, dotted, is_library, where
from chartgen.templates.abstract import ANY


class UnguardedNestedValue(ChartRule):
    """A template reads a field of a value that is not set, without looking first.

    ## Why
    Where `.Values.a` is nothing, `.Values.a.b` stops the render: `nil pointer evaluating interface {}.b`, which tells
    nobody what to set. In a branch that is off by default it waits for the first user who needs it.

    ## Bad
    ```yaml
    {{- if .Values.backup.enabled }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      bucket: {{ .Values.backup.s3.bucket | quote }} # here
    {{- end }}
    ```
    ```yaml
    # values.yaml
    backup:
      enabled: false
    ```

    ## Good
    ```yaml
    {{- if .Values.backup.enabled }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      {{- with .Values.backup.s3 }}
      bucket: {{ .bucket | quote }}
      {{- end }}
      region: {{ ((.Values.backup.s3).region) | default "eu" | quote }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    backup:
      enabled: false
    ```
    """

    id = "unguarded-nested-value"
    severity = Severity.WARNING
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Report the first place at which each missing value is relied on."""
        found = analysis(ctx)
        if is_library(ctx):
            return
        vague = found.family.vague
        subcharts = [one.prefix for one in found.family.instances if one.prefix]
        for parts, full, mention in found.reads.fragile.values():
            if any(parts[: len(one)] == one[: len(parts)] or one == (ANY,) for one in vague):
                continue
            outer = (parts[:length] in found.reads.fragile for length in range(1, len(parts)))
            if any(outer) or any(parts[: len(one)] == one for one in subcharts):
                continue
            if parts in found.reads.written or (*parts[:-1], ANY) in found.reads.written:
                continue
            shown = dotted(full) if ANY not in full else f"{dotted(parts)}[...]"
            yield self.fault(
                Place.in_file(where(mention)),
                f"{shown} is read although {dotted(parts)} is not set by default",
                help=f"set {dotted(parts)} in values.yaml, or look first: '{{{{ with .Values.{'.'.join(parts)} }}}}'",
            )
