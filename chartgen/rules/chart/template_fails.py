"""Templates that do not render."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.nearest import nearest
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
            location = Location(failure.path or "templates", failure.line, failure.column)
            is_below = location.file is not None and location.file.startswith("charts/")
            values = {} if is_below else ctx.chart.data("values.yaml")
            cure = _meant(failure.message, values) or _cure(failure.message, is_parsed=failure.column is not None)
            if failure.message == "unexpected EOF":
                location = _opened(ctx.chart.chart.text(location.file or "") or "", location)
            place = Place.in_file(location)
            yield self.fault(place, f"the template fails: {failure.message}", help=cure, severity=severity)


_DEFINE = "define it in a file of templates/, or add the chart that defines it to the dependencies"

_CURES = (
    ("nil pointer evaluating", "give the value a default in values.yaml, or enter its parents with 'with'"),
    (r"no template .* associated with template|template \"[^\"]*\" not defined", _DEFINE),
    (
        r"^function \".*\" not defined",
        "Helm has the functions of Go templates and Sprig, and include, tpl, required, lookup, toYaml and the like",
    ),
    (r"^unexpected EOF$", "write {{ end }} where this action ends, or one within it"),
    (r"^undefined variable", "declare it before: {{ $name := ... }}; what a block declares ends with the block"),
    (r"^unexpected \"/\" in command", "begin a comment right behind the braces: {{/* ... */}} or {{- /* ... */ -}}"),
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


_FUNCTIONS = (
    "add and append b64dec b64enc ceil coalesce compact concat contains cat date deepCopy default dict dig div empty eq"
    " fail first float64 floor fromJson fromYaml ge get gt has hasKey hasPrefix hasSuffix html include indent index int"
    " int64 join keys kindIs last le len list lookup lower lt max merge mergeOverwrite min mod mul ne nindent not now"
    " omit or pick pluck print printf quote randAlphaNum regexMatch regexReplaceAll repeat replace required rest round"
    " semver semverCompare set sha256sum slice sortAlpha split splitList squote sub ternary title toJson toPrettyJson"
    " toString toStrings toYaml tpl trim trimAll trimPrefix trimSuffix trunc typeOf uniq unset until untilStep upper"
    " uuidv4 values without"
)
"""Those that charts use."""


def _meant(message: str, values: Mapping[str, Any]) -> str:
    """What a misspelt function or value was probably meant to be, as advice, or ``""``."""
    if match := re.match(r"function \"(\w+)\" not defined", message):
        name = nearest(match[1], _FUNCTIONS.split(), at_least=0.75)
        return f"did you mean '{name}'?" if name else ""
    if match := re.match(r"<\$?\.Values((?:\.\w+)+)>: nil pointer evaluating", message):
        found: Any = values
        parts = match[1][1:].split(".")
        for index, part in enumerate(parts):
            if not isinstance(found, Mapping):
                break
            if part not in found:
                name = nearest(part, map(str, found), at_least=0.75)
                return f"did you mean '{'.'.join((*parts[:index], name))}'?" if name else ""
            found = found[part]
    return ""


def _opened(text: str, where: Location) -> Location:
    """Where the block begins that is never ended, which Helm misses at the end of the file."""
    from chartgen.templates.parse import parse

    template = parse(text)
    if template.error is None or not template.error.message.endswith("is never ended"):
        return where
    line, column = template.position(template.error.at)
    return where._replace(line=line, column=column)
