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
            cure = _cure(failure.message, is_parsed=failure.column is not None)
            yield self.fault(place, f"the template fails: {failure.message}", help=cure, severity=severity)


_DEFINE = "define it in a file of templates/, or add the chart that defines it to the dependencies"

_CURES = (
    ("nil pointer evaluating", "give the value a default in values.yaml, or enter its parents with 'with'"),
    (r"no template .* associated with template|template \"[^\"]*\" not defined", _DEFINE),
    (
        r"^function \".*\" not defined",
        "Helm has the functions of Go templates and Sprig, and include, tpl, required, lookup, toYaml and the like",
    ),
    (r"^unexpected EOF$", "look for an action that has no end: if, range, with, define or block"),
    (r"^undefined variable", "declare it before: {{ $name := ... }}; what a block declares ends with the block"),
    (r"^bad character U\+002D", 'read a key that has a dash with index: {{ index .Values "some-key" }}'),
    (r"can't evaluate field", 'correct the name, or look first what the value is: {{ if kindIs "map" ... }}'),
    (r"range can't iterate over", "give it a list or a map"),
    (r"incompatible types for comparison", "compare values of one type: toString or int makes them so"),
    (r"wrong type for value; expected string", "make a text of it: toString, or quotes in values.yaml"),
    (r"wrong type for value; expected map", "give it a map"),
)


def _cure(message: str, *, is_parsed: bool) -> str:
    """What helps most often; what the chart's author says with ``fail`` or ``required`` speaks for itself.

    A template that cannot be parsed has no column.
    """
    said = next((cure for pattern, cure in _CURES if re.search(pattern, message)), "")
    if said or message.startswith("<"):
        return said
    if not is_parsed:
        return "correct the action: nothing of the chart renders until Helm can parse it"
    return "set what it asks for in values.yaml, in a file ci/*-values.yaml, or with --values"
