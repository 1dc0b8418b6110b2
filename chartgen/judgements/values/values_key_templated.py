"""The judgement about values that become templates."""

import re
from collections.abc import Iterator

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.comments import comments_about
from chartgen.compare.comparison import Comparison
from chartgen.compare.keys import lookup
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._places import in_template, in_values, named
from chartgen.judgements.values._templated import newly_templated
from chartgen.templates.abstract import ANY, Parts
from chartgen.tuples import NamedTuple

_OF_TEXTS = r"^kind:\s*[\"']?(ConfigMap|Secret|PrometheusRule)\b"
"""Kinds that hold what other programs read."""

_OF_OBJECTS = re.compile(
    r"(?:annotations|labels|selector|secrets?|names?|namespaces?|hosts?|tls|env|envfrom|args)\Z", re.IGNORECASE
)
"""Names of maps and lists that are fields of an object, wherever it stands."""


class ValuesKeyTemplated(ChartJudgement):
    """A value that was used as it stands is rendered as a template.

    ## Why
    Text with ``{{ }}`` in it meant itself and is now run: alerts, dashboards and configuration of other programs that
    use the same brackets break. grafana 10.0.0 asks its users to escape theirs. Few have such text in most values
    (names, hosts, annotations), and a minor version is enough. The step is a major one where the chart's own values
    have it or an example in their comments, and where users write whole files or lists of rules into a ConfigMap, a
    Secret or a PrometheusRule.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      alert: {{ .Values.alert | quote }}
    ```
    ```yaml
    # values.yaml
    alert: "{{ $labels.instance }} is down" # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      alert: {{ tpl .Values.alert . | quote }}
    ```
    ```yaml
    # values.yaml
    alert: "{{ `{{ $labels.instance }}` }} is down" # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      alert: {{ .Values.alert | trim | quote }}
    ```
    ```yaml
    # values.yaml
    alert: "{{ $labels.instance }} is down"
    ```

    ## Before: files that users write
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data: {{- include "example.files" . | nindent 2 }}
    ```
    ```yaml
    # templates/_files.tpl
    {{- define "example.files" }}
    {{- range $name, $content := .Values.files }}
    {{ $name }}: {{ toYaml $content | quote }}
    {{- end }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    files: {} # here
    ```

    ## After: files that users write
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data: {{- include "example.files" . | nindent 2 }}
    ```
    ```yaml
    # templates/_files.tpl
    {{- define "example.files" }}
    {{- range $name, $content := .Values.files }}
    {{ $name }}: {{ tpl (toYaml $content) $ | quote }}
    {{- end }}
    {{- end }}
    ```
    ```yaml
    # values.yaml
    files: {} # here
    ```

    ## Before: hosts
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      hosts: |
        {{- range .Values.hosts }}
        {{ . }}
        {{- end }}
    ```
    ```yaml
    # values.yaml
    hosts: # here
      - a.example.com
    ```

    ## After: hosts
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      hosts: |
        {{- range .Values.hosts }}
        {{ tpl . $ }}
        {{- end }}
    ```
    ```yaml
    # values.yaml
    hosts: # here
      - a.example.com
    ```
    """

    id = "values-key-templated"
    level = Level.MINOR
    certainty = Certainty.LIKELY

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the key, or where there is none at the template that reads it."""
        for parts in newly_templated(both.old, both.new, both.values.old, both.values.new):
            listed = lookup(both.new.values, parts) is not ABSENT
            why = _why_major(both, parts)
            yield self.verdict(
                f"{named(parts)} is rendered as a template now{why.told if why else ''}",
                old=in_values(both.old, parts) if listed else None,
                new=in_values(both.new, parts) if listed else in_template(both.new, parts),
                level=Level.MAJOR if why else None,
                certainty=why.certainty if why else None,
                hurts="whoever has {{ }} in what they set" if why else "",
                advice="escape brackets that mean themselves: {{ `{{ }}` }}",
            )


class _Why(NamedTuple):
    """Why users are taken to have brackets in a value, and how certain that is."""

    told: str
    certainty: Certainty


def _why_major(both: Comparison, parts: Parts) -> _Why | None:
    """Why users have text with brackets in a value; None where few do."""
    before = lookup(both.old.values, parts)
    if "{{" in str(before):
        return _Why("", Certainty.DEFINITE)
    if before is not ABSENT and any("{{" in line for line in comments_about(both.old, parts)):
        return _Why(", and its example has {{ }} in it", Certainty.LIKELY)
    if _is_content(before) and not re.search(_OF_OBJECTS, parts[-1]) and (kind := _kind(both, parts)):
        return _Why(f", and goes into a {kind}", Certainty.LIKELY)
    return None


def _is_content(value: object) -> bool:
    """Whether a value holds files or rules: it is a map, a list, or a text of several lines."""
    return isinstance(value, dict | list) or (isinstance(value, str) and "\n" in value.strip())


def _kind(both: Comparison, parts: Parts) -> str:
    """The kind of the object with texts that a key, or what is in it, is rendered into; ``""`` for any other."""
    reads = both.new.analysis.reads
    for place in sorted(reads.templated_in):
        if (place[: place.index(ANY)] if ANY in place else place) != parts:
            continue
        for path in sorted(reads.templated_in[place]):
            found = re.search(_OF_TEXTS, both.new.chart.text(path) or "", re.MULTILINE)
            if found:
                return found[1]
    return ""
