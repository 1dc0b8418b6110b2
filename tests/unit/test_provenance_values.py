"""Which values a template line reads."""

from __future__ import annotations

import pytest

from chartgen.engine.valuespaths import values_paths


@pytest.mark.parametrize(
    ("template", "paths"),
    [
        ("a: 1", []),
        ("a: {{ .Values.a.b }}", ["/a/b"]),
        ("a: {{ $.Values.a }}-{{ .Values.b | default 1 }}-{{ .Values.a }}", ["/a", "/b"]),
        ('{{ include "x" (dict "v" .Values.a "ctx" .) }}', ["/a"]),
        ('{{ printf ".Values.no" }} {{ `.Values.no` }} {{/* .Values.no */}}', []),
        ("{{ .Chart.Name }} {{ .Release.Name }} {{ $.Files.Get }} {{ .Values }}", []),
        ('{{ index .Values "a-b" "c" }} {{ index $.Values.d "e" }}', ["/a-b/c", "/d/e"]),
        ("{{- if and .Values.a (not .Values.b.c) }}{{ end }}", ["/a", "/b/c"]),
        (
            "{{ with .Values.a }}{{ toYaml . }} {{ .b }} {{ $.Values.c }} {{ .Values.no }}{{ end }}",
            ["/a", "/a/b", "/c"],
        ),
        ("{{ with .Values.a }}{{ .b }}{{ else }}{{ .Values.c }}{{ end }}{{ .Values.d }}", ["/a", "/a/b", "/c", "/d"]),
        ("{{ with .Values.a }}{{ else with .Values.b }}{{ .c }}{{ end }}", ["/a", "/b", "/b/c"]),
        ("{{ range .Values.list }}{{ .name }}{{ end }}", ["/list"]),
        ("{{ range $k, $v := .Values.map }}{{ $k }}{{ $v.x }}{{ end }}{{ $v }}", ["/map"]),
        ("{{ $s := .Values.service }}{{ $s.port }}", ["/service", "/service/port"]),
        ("{{ $s := .Values.a }}{{ if .Values.b }}{{ $s = .Values.c }}{{ end }}{{ $s.d }}", ["/a", "/b", "/c"]),
        ("{{ with (.Values.a | default dict) }}{{ .b }}{{ end }}", ["/a"]),
        ('{{ define "x" }}{{ .Values.no }}{{ end }}{{ .Values.yes }}', ["/yes"]),
        ("{{ with .Values.a.b }}{{ with .c }}{{ .d }}{{ end }}{{ end }}", ["/a/b", "/a/b/c", "/a/b/c/d"]),
        ("{{ range until 3 }}{{ . }}{{ end }}", []),
        ("{{ $root := . }}{{ with .Values.a }}{{ $root.Values.b }}{{ end }}", ["/a"]),
    ],
)
def test_the_values_a_line_reads(template: str, paths: list[str]) -> None:
    assert [str(path) for path in values_paths(template, 1)] == paths


def test_only_the_line_that_was_asked_for() -> None:
    template = "a: {{ .Values.a }}\n{{- with .Values.b }}\nb: {{ .c }}\n{{- end }}\nc: {{ print\n  .Values.d\n  }}\n"
    assert [[str(path) for path in values_paths(template, line)] for line in range(1, 9)] == [
        ["/a"],
        ["/b"],
        ["/b/c"],
        [],
        ["/d"],
        ["/d"],
        ["/d"],
        [],
    ]


@pytest.mark.parametrize("template", ["{{ .Values.a", "{{ end }}", "{{ else }}", '{{ "unclosed }}', "}}{{"])
def test_what_is_no_template_raises_nothing(template: str) -> None:
    values_paths(template, 1)
