"""Rendered files that begin with blanks."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule


class IndentedDocument(ScenarioRule):
    """A rendered document begins indented.

    ## Why
    YAML takes the first line's depth for the whole document: as soon as another line begins at the edge, or a value is
    added in front, the rest of it is lost or no longer parses. It usually comes from `indent` before the first key.

    ## Bad
    ```yaml
    {{ include "example.configmap" . | indent 2 }} # here
    ```
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.configmap" -}}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    {{- end }}
    ```

    ## Good
    ```yaml
    {{ include "example.configmap" . }}
    ```
    ```yaml
    # templates/_helpers.tpl
    {{- define "example.configmap" -}}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    {{- end }}
    ```
    """

    id = "indented-document"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the column in which each document's first key stands; JSON may stand anywhere."""
        seen: set[tuple[str, int]] = set()
        for obj in ctx.objects:
            root = obj.document.root
            if obj.in_list or root is None or root.start_mark.column == 0 or getattr(root, "flow_style", False):
                continue
            line = root.start_mark.line + obj.document.line
            if (obj.source, line) not in seen:
                seen.add((obj.source, line))
                yield self.fault(
                    Place.rendered(obj.source, line, root.start_mark.column + 1),
                    f"the document of {obj.ref} begins with {root.start_mark.column} blanks",
                    help="use nindent 0, or no indent at all, for what begins a document",
                )
