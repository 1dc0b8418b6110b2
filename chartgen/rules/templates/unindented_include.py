"""Text of several lines that only its first line is indented of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Profile
from chartgen.rules.reading import at, templates

if TYPE_CHECKING:
    from chartgen.templates.syntax import Node, Template

_PLAIN = r"(?:(?!nindent|quote|Json)[^{}])*"
_ALONE = re.compile(
    rf"\n[ \t]+\{{\{{(?! *(?:-|if|else|with|range|end|define|\$\w+ *:?=|/\*))"
    rf"{_PLAIN}\b(?:include|indent|toYaml|toYamlPretty|mustToYaml)\b{_PLAIN}\}}\}}"
)
"""An action on an indented line that may print lines; most templates have none, and are not parsed."""

_MAKES_LINES = frozenset(("toYaml", "toYamlPretty", "mustToYaml"))


class UnindentedInclude(ChartRule):
    """Text of several lines is printed at an indentation that only its first line gets.

    ## Why
    `include` and `toYaml` know nothing of where they stand. Their second line begins at the left edge, or, with
    `indent` behind spaces, their first one stands too deep: the YAML breaks, or says something else. `nindent` begins
    a line of its own and indents all of them.

    ## Bad
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.labels" -}}
    app: web
    team: shop
    {{- end }}
    ```
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
      labels:
        {{ include "example.labels" . }} # here
    ```

    ## Good
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.labels" -}}
    app: web
    team: shop
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
    """

    id = "unindented-include"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at actions that stand alone on an indented line and print several lines as they are."""
        for path, template in templates(ctx, holding=lambda text: _ALONE.search(f"\n{text}")):
            for node in _actions(template.nodes):
                if message := _fault(ctx, template, node):
                    yield self.fault(at(path, template, node), message, help=_cure(template, node))


def _actions(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        if node.kind == "action":
            yield node
        else:
            yield from _actions(node.body)
            yield from _actions(node.other)


def _fault(ctx: ChartContext, template: Template, node: Node) -> str:
    assert node.pipe is not None
    text, call = template.text, node.pipe.args[-1]
    begin = text.rfind("\n", 0, node.start) + 1
    spaces = node.start - begin
    name = call.args[0].value if call.args[0].kind == "function" else ""
    if not spaces or text[begin : node.start].strip() or text.startswith("{{-", node.start) or node.pipe.names:
        return ""
    if name == "indent":
        return "the first line is indented twice, by 'indent' and by the spaces before it"
    several = name in _MAKES_LINES or (name == "include" and _has_lines(ctx, str(call.args[1].value)))
    return f"only the first line of what '{name}' gives is indented" if several else ""


def _has_lines(ctx: ChartContext, name: str) -> bool:
    """Whether a named template surely prints several lines: text in two lines, outside of any condition."""
    holding = re.compile(rf"define\s+[\"`]{re.escape(name)}[\"`]")
    defined = [
        (one, node) for _, one in templates(ctx, holding=holding.search) for node in one.defines if node.name == name
    ]
    if not defined:
        return False
    template, node = defined[-1]
    text = "".join(
        template.text[one.start : one.end] if one.kind == "text" else "x"
        for one in node.body
        if one.kind in ("text", "action") and (one.pipe is None or not one.pipe.names)
    )
    return len([line for line in text.split("\n") if re.match(r"\s*[\w.\"'/-]+:", line)]) > 1


def _cure(template: Template, node: Node) -> str:
    assert node.pipe is not None
    spaces = template.position(node.start)[1] - 1
    call = node.pipe.args[-1].args
    if call[0].value != "indent":
        return f"write '{{{{- ... | nindent {spaces} }}}}'"
    given = int(call[1].value) if len(call) > 1 and call[1].kind == "number" and str(call[1].value).isdigit() else 0
    depth, opens = _above(template.text[: node.start - spaces])
    wanted = sorted({given, spaces, given + spaces})
    fitting = [one for one in wanted if (one > depth if opens else one == depth)]
    return f"write '{{{{- ... | nindent {(fitting or [given])[0]} }}}}'"


def _above(text: str) -> tuple[int, bool]:
    """The indentation of the last line of YAML, and whether what comes next belongs below it."""
    for line in reversed(text.split("\n")):
        bare = re.sub(r"\{\{.*?\}\}", "", line).rstrip()
        if bare.strip() and not bare.lstrip().startswith("#"):
            return len(bare) - len(bare.lstrip().removeprefix("- ")), bare.endswith(":")
    return 0, False
