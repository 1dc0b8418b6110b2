"""Templates that render all values as templates."""

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Profile
from chartgen.rules.reading import at, templates
from chartgen.rules.templates._guards import piped

_WHOLE = re.compile(r"\bto(?:Pretty|Raw)?(?:Yaml|Json|Toml)(?:Pretty)?\s+\(?\s*(?:\$|\.|\$?\.Values)\s*(?:[|)}]|$)")
_WHOLE_PIPED = re.compile(r"(?:^|[(\s])(?:\$|\$?\.Values)\s*\|\s*to(?:Pretty|Raw)?(?:Yaml|Json)\b")


class TplOnWholeValues(ChartRule):
    """All values are rendered as one template.

    ## Why
    `tpl` parses its text at every call. On the text of all values that takes seconds, in a loop minutes
    (helm/helm#7656), and any `{{` in any value is suddenly code.

    ## Bad
    ```yaml
    {{- $values := tpl (toYaml .Values) . | fromYaml }} # here
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}
    data:
      level: {{ $values.level | quote }}
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
      level: {{ tpl .Values.level . | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    ```
    """

    id = "tpl-on-whole-values"
    severity = Severity.WARNING
    profile = Profile.STRICT
    needs = ("templates:tpl",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for ``tpl`` together with all values as text; inside ``range`` and ``with`` a dot is something else."""
        for path, template in templates(ctx, holding=lambda text: "tpl" in text):
            for call in template.calls:
                if call.args[0].value != "tpl":
                    continue
                text = piped(template, call)
                match = _WHOLE.search(text) or _WHOLE_PIPED.search(text)
                if match and not re.search(r"\s\.\s*[|)}]?$", match[0]):
                    yield self.fault(
                        at(path, template, call),
                        "'tpl' renders all values at once",
                        help="call it on the values that may hold a template",
                    )
