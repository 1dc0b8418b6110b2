"""Named templates that are used and not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chartgen.findings import Severity
from chartgen.nearest import nearest
from chartgen.rules.base import ChartContext, ChartRule, Fault, Profile
from chartgen.rules.reading import at, is_library, templates

if TYPE_CHECKING:
    from chartgen.templates.syntax import Expr, Node, Template

_NAME = r"\s*[\"`]([^\"`\n]+)[\"`]"
_USES = (rf"include{_NAME}", rf"template(?<!-template){_NAME}")  # no --template, as kubectl has in most NOTES.txt
_DEFINES = (rf"define{_NAME}", rf"block{_NAME}")
"""Each begins with letters, which is ten times as fast as a choice of words; comments are told apart later."""

_COMPARED = 20
"""Names for which one that is spelt almost the same is looked for, which takes long in large charts."""


class UndefinedHelper(ChartRule):
    """A template includes a named template that no chart defines.

    ## Why
    `no template "x" associated with template "gotpl"` ends the render. In a branch that is off by default nobody sees
    it until the first user switches it on; it comes with templates that were copied from another chart, and with
    misspellings. Charts that lack a dependency are only asked for templates that begin with their own name, since the
    dependency may define the others; library charts, and names that are made up of parts, are not judged.

    ## Bad
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.labels" -}}
    app: web
    {{- end }}
    ```
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
      {{- if .Values.labelled }}
      labels: {{- include "example.lables" . | nindent 4 }} # here
      {{- end }}
    ```
    ```yaml
    # values.yaml
    labelled: false
    ```

    ## Good
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.labels" -}}
    app: web
    {{- end }}
    ```
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
      {{- if .Values.labelled }}
      labels: {{- include "example.labels" . | nindent 4 }}
      {{- end }}
      {{- /* not any more: include "example.oldLabels" . */}}
    ```
    ```yaml
    # values.yaml
    labelled: false
    ```
    """

    id = "undefined-helper"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Compare the names that the chart's own templates use with those that any of its charts defines."""
        if is_library(ctx):
            return
        texts = [ctx.chart.text(path) or "" for path in ctx.chart.files if "templates/" in path]
        defined = {name for text in texts for name in _names(text, _DEFINES)}
        wanted = {name for text in texts for name in _names(text, _USES)}
        missing = {name for name in wanted - defined if "/templates/" not in name}
        if missing and _lacks(ctx):
            missing = {name for name in missing if name.startswith(f"{ctx.chart.name}.")}
        if not missing:
            return
        cures: dict[str, str] = {}
        for path, template in templates(ctx, notes=True, holding=lambda text: missing & _names(text, _USES)):
            for name, place in _uses(template):
                if name in missing:
                    if name not in cures:
                        known = defined if len(cures) < _COMPARED else set()
                        cures[name] = _cure(name, ctx.chart.name, known)
                    message = f"includes {name!r}, which no chart defines"
                    yield self.fault(at(path, template, place), message, help=cures[name])


def _names(text: str, patterns: tuple[str, ...]) -> set[str]:
    return {name for pattern in patterns for name in re.findall(pattern, text)}


def _cure(name: str, chart: str, defined: set[str]) -> str:
    """What was meant: the chart's own of the same name behind the first dot, or one that is spelt almost the same."""
    if name.startswith("."):
        return f"it is a value and no template: write {{{{ {name} }}}}"
    own = f"{chart}.{name.partition('.')[2]}"
    close = own if own in defined else nearest(name, sorted(defined), at_least=0.85)
    return f"did you mean '{close}'?" if close else "define it in a file of templates/"


def _lacks(ctx: ChartContext) -> bool:
    """Whether a chart is missing, or packed, that may define more."""
    from chartgen.templates.charts import family

    return bool(family(ctx.chart, ctx.data).vague)


def _uses(template: Template) -> Iterator[tuple[str, Expr | Node]]:
    """The named templates that a template asks for by a name that is written out, and where."""
    work: list[Node] = [*template.nodes, *template.defines]
    seen: set[int] = set()
    while work:
        node = work.pop()
        work += [*node.body, *node.other]
        if node.kind == "template" and node.start not in seen:
            seen.add(node.start)
            yield node.name, node
    for call in template.calls:
        if call.args[0].value == "include" and len(call.args) > 1 and call.args[1].kind == "string":
            yield str(call.args[1].value), call
