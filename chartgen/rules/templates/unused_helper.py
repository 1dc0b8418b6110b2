"""Named templates that nobody uses."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from chartgen.findings import Severity
from chartgen.fixes import Fix, ReplaceText
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import is_library, templates
from chartgen.templates.charts import family
from chartgen.templates.parse import parse
from chartgen.templates.syntax import Expr, Node, Template


class UnusedHelper(ChartRule):
    """A named template is never included.

    ## Why
    It is read, kept up and copied for nothing, and often left behind by a rename that some places missed. Library
    charts, and those with nothing but named templates, are there for others and are not judged; neither are charts
    that make up the names of templates.

    ## Bad
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.labels" }} # here
    app: web
    {{- end }}
    ```
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
      labels:
        app: web
    ```

    ## Good
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.labels" }}
    app: web
    {{- end }}
    ```
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
      labels:
        {{- include "example.labels" . | nindent 4 }}
    ```

    ## Good: others take the chart in
    ```yaml
    # templates/_labels.tpl
    {{- define "example.labels" }}
    app: web
    {{- end }}
    ```
    """

    id = "unused-helper"
    severity = Severity.INFO
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Compare the names that are defined with every string of all templates, those of subcharts among them."""
        if is_library(ctx):
            return
        everything = [parse(ctx.chart.text(path) or "") for path in ctx.chart.files if "templates/" in path]
        if any(one.error for one in everything):
            return
        words = frozenset(word for one in everything for word in _words(one))
        patterns = [pattern for one in everything for pattern in _patterns(one)]
        values = ctx.chart.text("values.yaml") or ""
        # Another chart's helper can be replaced by one of the same name.
        lacking, own = bool(family(ctx.chart, ctx.data).vague), ctx.chart.name
        for path, template in templates(ctx, notes=True):
            comments = [one for one in template.nodes if one.kind == "comment"]
            for node in template.defines:
                name = node.name
                if node.kind == "block" or name in words or name in values:
                    continue
                if any(pattern.fullmatch(name) for pattern in patterns) or (lacking and not name.startswith(own)):
                    continue
                yield self.fault(
                    Place.in_file(template.location(path, node.start, node.head)),
                    f"named template {name!r} is never included",
                    help="remove it",
                    fix=_fix(path, template, node, comments),
                )


def _words(template: Template) -> Iterator[str]:
    """Every string of a template that may be a name: what it calls, and what it hands on."""
    work: list[Node] = [*template.nodes]
    while work:
        node = work.pop()
        work += [*node.body, *node.other]
        if node.kind == "template":
            yield node.name
    for call in template.calls:
        yield from (arg.value for arg in call.args if arg.kind == "string")


def _patterns(template: Template) -> Iterator[re.Pattern[str]]:
    """What the names that a template makes up look like."""
    for call in template.calls:
        name = call.args[1] if call.args[0].value == "include" and len(call.args) > 1 else None
        if name is not None and name.kind != "string" and "BasePath" not in template.source(name):
            yield re.compile(_pattern(name), re.DOTALL)


def _pattern(name: Expr) -> str:
    call = name.args[0] if name.kind == "pipe" and len(name.args) == 1 else None
    known = call is not None and call.args[0].value in ("printf", "print") and len(call.args) > 1
    if call is None or not known or call.args[1].kind != "string":
        return ".*"
    parts = re.split(r"%[a-z]", call.args[1].value)
    return ".*".join(map(re.escape, parts)) + (".*" if call.args[0].value == "print" else "")


def _fix(path: str, template: Template, node: Node, comments: Sequence[Node]) -> Fix:
    """Remove its lines, and the comment right above. Not safe: a parent chart may use it."""
    text, start, end = template.text, node.start, node.end
    before = bisect_right(comments, start, key=lambda comment: comment.end)
    above = comments[before - 1] if before else None
    if above and not text[above.end : start].strip() and text.count("\n", above.end, start) < 2:
        start = above.start
    line = text.rfind("\n", 0, start) + 1
    start = line if not text[line:start].strip() else start
    stop = text.find("\n", end) + 1 or len(text)
    end = stop if not text[end:stop].strip() else end
    return Fix("remove what is not used", (ReplaceText(template.location(path, start, end), ""),), safe=False)
