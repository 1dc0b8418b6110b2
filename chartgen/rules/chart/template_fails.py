"""Templates that do not render."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule


class TemplateFails(ScenarioRule):
    """A template fails while Helm renders it.

    ## Why
    A chart that does not render cannot be installed with these values, and nothing in it can be judged. The usual
    causes are a value that is not set (`nil pointer evaluating`), a function that gets the wrong type, and a
    `required` or `fail` that asks for a value the scenario does not give.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      host: {{ .Values.database.host }} # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      host: {{ .Values.database.host | quote }}
    ```
    ```yaml
    # values.yaml
    database:
      host: localhost
    ```
    """

    id = "template-fails"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    troubles = ("render",)

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report the failure where Helm says it is."""
        for failure, severity in ctx.troubles("render"):
            place = Place.in_file(Location(failure.path or "templates", failure.line, failure.column))
            cure = _cure(failure.message)
            yield self.fault(place, f"the template fails: {failure.message}", help=cure, severity=severity)


def _cure(message: str) -> str:
    """What helps most often; what the chart's author says with ``fail`` or ``required`` speaks for itself."""
    if "nil pointer evaluating" in message:
        return "give the value a default in values.yaml, or enter its parents with 'with'"
    if re.match(r"function \".*\" not defined", message):
        return (
            "Helm has the functions of Go templates and Sprig, and include, tpl, required, lookup, toYaml and the like"
        )
    if "no template" in message and "associated with template" in message:
        return "define it in a file of templates/, or add the chart that defines it to the dependencies"
    if message == "unexpected EOF":
        return "look for an action that has no end: if, range, with, define or block"
    if message.startswith("<"):
        return ""
    return "set what it asks for in values.yaml, in a file ci/*-values.yaml, or with --values"
