"""Lines that whitespace control joins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import templates

if TYPE_CHECKING:
    from chartgen.templates.syntax import Piece, Template

_KEY = r"(?:- )?[\"']?[A-Za-z_][\w./-]*[\"']?:(?:[ \t\r\n]|$)"
_JOINT = re.compile(r"\{\{(?!-?\s*(?:define|block|else|end)\b)[^{}]*-\}\}[ \t\r]*\n\s*" + _KEY)
_TEXT_ABOVE = re.compile(r"[^\s}]\s*(?:\{\{-[^{}]*\}\}\s*)*\Z")
_ENDS = r"(?:^|\n)[ \t]*(?:#[^\n]*|(?:- )?[\"']?[A-Za-z_][\w./-]*[\"']?:(?: [^\n{|>]*)?)\Z"
_SEAM = r"(?:else|define|block|end)\b"
_SILENT = r"(?:if|with|range)\b|\$\w*(?:\s*,\s*\$\w+)?\s*:?="
_ENOUGH = 400
"""Characters of the line above that are looked at."""


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
        for path, template in templates(ctx, holding=_may_join):
            for piece, key in _joints(template) if path.endswith((".yaml", ".yml", ".tpl")) else ():
                yield self.fault(
                    Place.in_file(template.location(path, piece.start, piece.end)),
                    f"'-}}}}' joins {key!r} to the line above",
                    help="leave out the '-' before '}}'",
                )


def _may_join(text: str) -> bool:
    """Whether there is any text above an action that takes away the line break before a key; that needs no parser."""
    joints = _JOINT.finditer(text) if "-}}" in text else ()
    return any(_TEXT_ABOVE.search(text, max(0, joint.start() - _ENOUGH), joint.start()) for joint in joints)


def _joints(template: Template) -> Iterator[tuple[Piece, str]]:
    """The actions that join a key to what is printed before them, with the key."""
    text, pieces = template.text, template.pieces
    before = ""
    for index, piece in enumerate(pieces):
        if piece.kind == "text":
            last = pieces[index - 1] if index else None
            trims = last is not None and last.trims_right
            raw = text[piece.start : piece.end]
            shown = raw.lstrip() if trims else raw
            breaks = "\n" in raw[: len(raw) - len(shown)]
            if index + 1 < len(pieces) and pieces[index + 1].trims_left:
                shown = shown.rstrip()
            if last is not None and breaks and (key := re.match(_KEY, shown)) and re.search(_ENDS, before):
                yield last, key[0].strip()
            before = (before + shown)[-_ENOUGH:]
        elif piece.kind == "action":
            code = text[piece.start + 2 : piece.end].lstrip("- \t\r\n")
            if re.match(_SEAM, code):
                before = "\n"  # what stands before it and behind it is not printed one after the other
            elif not re.match(_SILENT, code):
                before = "printed"
