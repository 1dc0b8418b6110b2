"""Fields of values that are not there."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import analysis, dotted, is_library, where
from chartgen.templates.abstract import ANY, Parts
from chartgen.templates.conditions import lookup
from chartgen.templates.notes import OF_THE_CONTEXT


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

    ## Bad: the dot is no longer the chart's
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      {{- range .Values.buckets }}
      {{ .name }}: {{ .Values.region | quote }} # here
      {{- end }}
    ```
    ```yaml
    # values.yaml
    region: eu
    buckets: []
    ```

    ## Good: something stands in for it, and users fill the list
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      region: {{ get (coalesce .Values.oldConfig .Values.config) "region" | quote }}
      old: {{ hasKey (.Values.oldConfig | default dict) "region" | quote }}
      {{- range .Values.buckets }}
      {{ .name }}: {{ .options.class | quote }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    config:
      region: eu
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
        taken: set[Parts] = set()  # for the context of the chart
        for parts, full, mention in found.reads.fragile.values():
            if any(parts[: len(one)] == one[: len(parts)] or one == (ANY,) for one in vague):
                continue
            outer = (parts[:length] in found.reads.fragile for length in range(1, len(parts)))
            if any(outer) or any(parts[: len(one)] == one for one in subcharts):
                continue
            if parts in found.reads.written or (*parts[:-1], ANY) in found.reads.written:
                continue
            if parts[-1] in OF_THE_CONTEXT and len(parts) > 1:
                if parts[:-1] in taken:
                    continue
                taken.add(parts[:-1])
            message, cure = _complaint(parts, full, found.values)
            yield self.fault(Place.in_file(where(mention)), message, help=cure)


def _complaint(parts: Parts, full: Parts, values: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a read, and what to do about it."""
    root = parts[-1]
    if root in OF_THE_CONTEXT and len(parts) > 1:
        return (
            f"'.{root}' is looked for in {dotted(parts[:-1])}, which the dot stands for here",
            f"write '$.{root}' inside 'with' and 'range'; hand a named template the '.' or '$' of the chart",
        )
    shown = dotted(full) if ANY not in full else f"{dotted(parts)}[...]"
    look = f"look first: '{{{{ with .Values.{'.'.join(parts)} }}}}'"
    # Where the map around it is the user's, what is set there by default would switch on what waits for it.
    cure = f"set {dotted(parts)} in values.yaml, or {look}" if _is_map(values, parts[:-1]) else look
    return f"{shown} is read although {dotted(parts)} is not set by default", cure


def _is_map(values: Mapping[str, Any], parts: Parts) -> bool:
    found = lookup(values, parts)
    return not parts or (isinstance(found, Mapping) and bool(found))
