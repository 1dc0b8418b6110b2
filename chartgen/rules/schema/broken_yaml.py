"""Text that is not YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule

_UTF8 = "save the file that they come from as UTF-8"

_LOOK = "look at the rendered text with 'helm template --debug'"


class BrokenYaml(ScenarioRule):
    """A template renders text that is not valid YAML, or a values file is not valid YAML.

    ## Why
    Helm refuses the whole release for one document that it cannot parse. The usual causes are `indent` where
    `nindent` is needed, a `-}}` that glues two lines together, and a value with a colon that is not quoted.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      motto: {{ .Values.motto }} # here
    ```
    ```yaml
    # values.yaml
    motto: "charts: short and true"
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      motto: {{ .Values.motto | quote }}
    ```
    ```yaml
    # values.yaml
    motto: "charts: short and true"
    ```
    """

    id = "broken-yaml"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    troubles = ("values-file", "yaml")

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report every document that does not parse, and the scenario's own file if it does not."""
        for failure, severity in ctx.troubles("values-file"):
            place = Place.in_file(Location(failure.path, failure.line, failure.column))
            yield self.fault(place, f"is not YAML that Helm can read: {failure.message}", severity=severity)
        is_rendered = bool(ctx.chart.chart.files)  # plain manifests have no chart
        for bad in ctx.bad:
            if bad.kind == "yaml":
                what = "renders text that is not YAML" if is_rendered else "is not YAML"
                text = ctx.chart.chart.text(bad.source) or ""
                cure = _UTF8 if "UTF-8" in bad.message else (_suspect(text) or _LOOK) if is_rendered else ""
                yield self.fault(Place.rendered(bad.source, bad.line, bad.column), f"{what}: {bad.message}", help=cure)


_BEHIND_A_KEY = r"[\w\"']: *\{\{-? [^{}\n]*\| *indent +\d+ *-?\}\}"
_IN_BRACES = r"\{[^{}\n]*\w: *\{\{-? [^{}\n]*\| *nindent +\d+ *-?\}\}"


def _suspect(text: str) -> str:
    """The line of a template that hardly ever renders YAML, as advice, or ``""``."""
    for pattern, cure in (
        (_BEHIND_A_KEY, "'indent' prints the first line behind the key: write 'nindent'"),
        (_IN_BRACES, "what 'nindent' prints cannot stand in braces: give the key a line of its own"),
    ):
        if found := re.search(pattern, text):
            return f"look at line {text.count(chr(10), 0, found.start()) + 1}: {cure}"
    return ""
