"""Values that nobody can know of."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import analysis, beginnings, dotted, is_library, where
from chartgen.rules.values._schema import describes, schema
from chartgen.templates.abstract import ANY, Parts
from chartgen.templates.analysis import Analysis


class UndefinedValue(ChartRule):
    """A template reads a value that no values file, schema or comment mentions.

    ## Why
    Often it is a misspelling, and the line renders empty for everyone. Otherwise it is a setting that only who reads
    the templates can find. A value that has a `default` in the template, one that is named in a comment of
    values.yaml, and what stands in a map that the chart leaves empty or prints as a whole are not meant. Nor is what is
    asked for only to refuse it, or to tell whoever sets it that it is gone.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      level: {{ .Values.log.levle | quote }} # here
    ```
    ```yaml
    # values.yaml
    log:
      level: info
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      level: {{ .Values.log.level | quote }}
      format: {{ .Values.log.format | default "json" | quote }}
      theme: {{ (.Values.log.colours).theme | default "dark" | quote }}
    ```
    ```yaml
    # values.yaml
    log:
      level: info
    ```

    ## Good: it may come from elsewhere, or is asked for only to say that it is gone
    ```yaml
    {{- if .Values.logLevel }}
    {{- fail "logLevel was removed: use log.level" }}
    {{- end }}
    {{- range $name, $given := .Values.workloads }}
    {{- $workload := mergeOverwrite (deepCopy $.Values.defaults) $given }}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ $.Release.Name }}-{{ $name }}
    data:
      command: {{ $workload.command | quote }}
      level: {{ $workload.level | quote }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    defaults:
      level: info
    workloads:
      worker:
        command: work
    ```
    """

    id = "undefined-value"
    severity = Severity.WARNING
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look up each path that the chart's own templates read, and report the outermost part that is missing."""
        found = analysis(ctx)
        if not found.reads.complete or is_library(ctx):
            return
        known = [values for _, values in found.scenarios()] or [found.values]
        comments = _commented_keys(ctx)
        seen: set[Parts] = set()
        passed_over = found.reads.either | found.reads.retired
        defaulted, bare = beginnings(found.reads.defaulted), beginnings(found.reads.bare)
        for path, mention in found.reads.own.items():
            if path in passed_over:
                continue
            parts = _missing(path, known)
            if parts is None or parts in seen or parts in found.reads.fragile:
                continue
            seen.add(parts)
            if parts[-1] in comments or parts in defaulted:  # (.Values.a).b | default
                continue
            if _is_free(parts, found) or describes(schema(ctx), parts):
                continue
            yield self.fault(
                Place.in_file(where(mention)),
                f"{dotted(parts)} is read here, and set in no values file",
                help="correct its name, or add it to values.yaml",
                severity=None if parts in bare else Severity.INFO,
            )


def _missing(path: Parts, known: list[Mapping[str, Any]]) -> Parts | None:
    """The part of a path up to where it leaves all values; None when it does not, or when nobody can say."""
    values: list[Any] = list(known)
    for index, part in enumerate(path):
        if part == ANY:
            return None
        maps = [one for one in values if isinstance(one, Mapping)]
        below = [one[part] for one in maps if part in one]
        if not below:
            return path[: index + 1] if any(maps) else None
        values = below
    return None


def _is_free(parts: Parts, found: Analysis) -> bool:
    """Whether the value may come from elsewhere, or belongs to a map in which anything may stand."""
    reads = found.reads
    if parts[0] in ("global", "tags") or parts in reads.written:
        return True
    if any((*parts[:length], ANY) in reads.written for length in range(len(parts))):
        return True
    if any((*parts[:length], ANY) in reads.touched for length in range(1, len(parts))):
        return True
    above = [parts[:length] for length in range(1, len(parts))]
    vague = any(parts[: len(one)] == one or one == (ANY,) for one in found.family.vague)
    return vague or any(one in reads.whole or one in reads.defaulted for one in above) or _is_subchart(parts, found)


def _is_subchart(parts: Parts, found: Analysis) -> bool:
    return any(one.prefix and parts[: len(one.prefix)] == one.prefix for one in found.family.instances)


def _commented_keys(ctx: ChartContext) -> frozenset[str]:
    """The keys that comments of values.yaml name: ``# nodeName: ""``, ``@param nodeName``, ``.Values.nodeName``."""
    words: set[str] = set()
    for line in (ctx.chart.text("values.yaml") or "").splitlines():
        _, mark, comment = line.partition("#")
        if mark:
            words.update(word.strip("`\"'[](){},:;*").rpartition(".")[2] for word in comment.split())
            words.update(word.partition(":")[0].strip("-`\"'") for word in comment.split() if ":" in word)
    return frozenset(words)
