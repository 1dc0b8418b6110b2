"""Templates that do not render."""

from __future__ import annotations

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

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report the failure where Helm says it is."""
        for failure, severity in ctx.troubles("render"):
            place = Place.in_file(Location(failure.path or "templates", failure.line, failure.column))
            yield self.fault(place, f"the template fails: {failure.message}", severity=severity)
