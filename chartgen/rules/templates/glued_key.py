"""Lines that whitespace control joins."""

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import templates
from chartgen.templates.syntax import Piece, Template

_KEY = re.compile(r"(?:- )?[\"']?[A-Za-z_][\w./-]*[\"']?:(?:[ \t\r\n]|$)")
_ENDS = re.compile(r"(?:^|\n)[ \t]*(?:#[^\n]*|(?:- )?[\"']?[A-Za-z_][\w./-]*[\"']?:(?: [^\n{|>]*)?)$")
_JOINS_NOT = re.compile(r"(?:else|define|block|end)\b")


class GluedKey(ChartRule):
    """`-}}` takes away the line break before a key.

    ## Why
    The key ends up on the line above: within a comment, where it silently disappears (`apiVersion` is gone, the object
    with it), or behind another key, where the YAML breaks. It shows only when the branch is taken.

    ## Bad
    ```yaml
    # Settings of the application
    {{- if .Values.enabled -}} # here
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

    ## Good
    ```yaml
    # Settings of the application
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
    """

    id = "glued-key"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Find actions that print nothing between two lines and take away the space on both of their sides."""
        for path, template in templates(ctx):
            if path.endswith((".yaml", ".yml", ".tpl")) and "-}}" in template.text:
                for piece, key in _joints(template):
                    yield self.fault(
                        Place.in_file(template.location(path, piece.start, piece.end)),
                        f"'-}}}}' joins {key!r} to the line above",
                        help="leave out the '-' before '}}'",
                    )


def _joints(template: Template) -> Iterator[tuple[Piece, str]]:
    text = template.text
    before = ""
    trims = False
    for index, piece in enumerate(template.pieces):
        if piece.kind == "text":
            following = template.pieces[index + 1] if index + 1 < len(template.pieces) else None
            shown = text[piece.start : piece.end]
            shown = shown.lstrip() if trims else shown
            shown = shown.rstrip() if following is not None and following.trims_left else shown
            last = template.pieces[index - 1] if index else None
            if trims and last is not None and (match := _KEY.match(shown)) and _ENDS.search(before):
                if "\n" in text[piece.start : piece.start + len(text[piece.start : piece.end]) - len(shown) + 1]:
                    yield last, match[0].strip()
            before = before + shown if shown.strip() or not trims else before
            before = before[-400:]
        elif piece.kind == "action" and (_prints(template, piece) or _joins_not(template, piece)):
            before = "x\n" if _joins_not(template, piece) else "x"
        trims = piece.trims_right


def _code(template: Template, piece: Piece) -> str:
    return template.text[piece.start + 2 : piece.end].lstrip("- \t\r\n")


def _joins_not(template: Template, piece: Piece) -> bool:
    """Whether what stands before an action and what stands behind it are not printed one after the other."""
    return _JOINS_NOT.match(_code(template, piece)) is not None


def _prints(template: Template, piece: Piece) -> bool:
    return re.match(
        r"(?:if|with|range|\$\w*(?:\s*,\s*\$\w+)?\s*:?=)(?=[\s(.$])", _code(template, piece)
    ) is None and not re.match(r"\$\w+(?:\s*,\s*\$\w+)?\s*:?=", _code(template, piece))
