"""Values that become something other than text where text is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, ReplaceText
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import dotted, templates
from chartgen.rules.templates._lines import Key, Keys
from chartgen.templates.conditions import lookup
from chartgen.templates.syntax import Expr, Node, Template

_BEFORE = re.compile(r"^[ ]*(?:- )?[\"']?(?P<key>[\w./-]+)[\"']?:[ ]+$")
_MAY_BE = re.compile(r":[ ]+\{\{-? *\$?\.Values\.", re.MULTILINE)
_CONFIG_MAP = re.compile(r"^kind:\s*ConfigMap\b", re.MULTILINE)
_LONGEST_KEY = 1_000
_TEXT_MAPS = frozenset(("labels", "annotations", "matchLabels", "nodeSelector", "stringData"))
_LEAVE_IT_TEXT = frozenset(("default", "required", "trim", "lower", "upper", "trunc", "trimSuffix", "trimPrefix"))


class UnquotedValue(ChartRule):
    """A value is printed without quotes where Kubernetes wants text.

    ## Why
    `"true"`, `"8080"` and `"1e3"` in values.yaml are text, and what the template prints of them is not: labels,
    annotations, settings and environment variables that are a boolean or a number are refused. It works until
    somebody has such a value.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      level: {{ .Values.level }} # here
    ```
    ```yaml
    # values.yaml
    level: info
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      level: {{ .Values.level | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    ```
    """

    id = "unquoted-value"
    severity = Severity.WARNING
    profile = Profile.STRICT

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at actions that are all of a scalar in a map of texts, or of a variable's value."""
        values = ctx.data("values.yaml")
        for path, template in templates(ctx, holding=_MAY_BE.search):
            keys = Keys(template.text)
            is_config_map = _CONFIG_MAP.search(template.text) is not None
            for node in _actions(template.nodes):
                names = _value(node.pipe) if node.pipe else None
                if names is None or node.pipe is None or isinstance(lookup(values, names), dict | list):
                    continue
                if _is_alone(template, node) and _wants_text(keys.at(node.start), is_config_map):
                    location = template.location(path, node.pipe.start, node.pipe.end)
                    better = f"{template.text[node.pipe.start : node.pipe.end]} | quote"
                    yield self.fault(
                        Place.in_file(template.location(path, node.start, node.end)),
                        f"{dotted(names)} is printed without quotes where text is expected",
                        help=f"write '{{{{ {better} }}}}'",
                        fix=Fix(f"quote {dotted(names)}", (ReplaceText(location, better),)),
                    )


def _actions(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        if node.kind == "action":
            yield node
        else:
            yield from _actions((*node.body, *node.other))


def _value(pipe: Expr) -> tuple[str, ...] | None:
    """The value that an action prints, if it is one that stands there by its name, with functions that keep it so."""
    first, *others = pipe.args
    if pipe.names or any(call.args[0].value not in _LEAVE_IT_TEXT for call in others):
        return None
    value = first.args[0]
    if len(first.args) > 1 or value.names[:1] != ("Values",) or len(value.names) < 2:
        return None
    return value.names[1:] if value.kind == "field" or value.value == "$" else None


def _is_alone(template: Template, node: Node) -> bool:
    """Whether a key stands before an action, and behind it nothing, or a comment."""
    text = template.text
    begin = text.rfind("\n", 0, node.start) + 1
    if node.start - begin > _LONGEST_KEY or not _BEFORE.match(text[begin : node.start]):
        return False
    end = text.find("\n", node.end)
    behind = text[node.end : len(text) if end < 0 else end].strip()
    return not behind or behind.startswith("#")


def _wants_text(key: Key | None, is_config_map: bool) -> bool:
    if key is None or key.above is None:
        return False
    above = key.above
    if above.name in _TEXT_MAPS:
        return True
    if above.name == "data" and above.column == 0:
        return is_config_map
    return key.name == "value" and above.name == "env"
