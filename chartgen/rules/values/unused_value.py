"""Values that do nothing."""

from collections.abc import Iterator, Mapping

from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import analysis, dotted, is_library
from chartgen.templates.unused import Usage
from chartgen.yamlbuild import YamlMap


class UnusedValue(ChartRule):
    """A value that no template reads.

    ## Why
    Whoever sets it believes that something changes, and nothing does: it was misspelt, or forgotten when its template
    went. Values are followed through `with`, `range`, variables, named templates, `tpl` and subcharts; where that is
    not certain (a key that is made up while rendering, a subchart that is not there) nothing is said.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      level: {{ .Values.log.level | quote }}
    ```
    ```yaml
    # values.yaml
    log:
      level: info
      colour: true # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      {{- range $key, $value := .Values.log }}
      {{ $key }}: {{ $value | quote }}
      {{- end }}
    ```
    ```yaml
    # values.yaml
    log:
      level: info
      colour: true
    ```
    """

    id = "unused-value"
    severity = Severity.WARNING
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look into values.yaml and the chart's other values files for keys that are never read."""
        found = analysis(ctx)
        if not found.reads.complete or is_library(ctx):
            return
        usage = Usage(found.reads, found.family)
        files = ["values.yaml", *(name for name in ctx.scenarios if name in ctx.chart.files)]
        for file in files:
            values = ctx.data(file)
            for parts in usage.unused(values):
                if _is_shared(values, parts):
                    continue
                place = Place.in_file(ctx.locate(file, Pointer(parts), key=True))
                action = RemoveField(Pointer(parts), file, with_comment=True)
                yield self.fault(
                    place,
                    f"no template reads {dotted(parts)}",
                    help="remove it, or use it in a template",
                    fix=Fix(f"remove {dotted(parts)}", (action,), safe=False),
                )


def _is_shared(values: Mapping[str, object], parts: tuple[str, ...]) -> bool:
    """Whether it is there for other values: an anchor, or a key named as such things are (``x-common``)."""
    if parts[0].startswith(("x-", ".", "_")):
        return True
    value: object = values
    for part in parts[:-1]:
        value = value[part] if isinstance(value, Mapping) else None
    event = value.events[parts[-1]][1] if isinstance(value, YamlMap) else None
    return getattr(event, "anchor", None) is not None
