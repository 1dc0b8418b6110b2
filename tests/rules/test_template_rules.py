"""Where the rules that read templates draw their lines: files of a chart in, findings out, without rendering."""

from __future__ import annotations

import pytest

from chartgen.chart.model import Chart
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, ChartRule, Fault


def faults(rule_id: str, files: dict[str, str], *, scenarios: tuple[str, ...] = ()) -> list[Fault]:
    """What a rule finds in a chart; ``scenarios`` are its values files."""
    rule = catalogue.rule(rule_id)
    assert isinstance(rule, ChartRule)
    chart = Chart.of({"Chart.yaml": "name: top\n", **files}, metadata={"name": "top"})
    ctx = ChartContext(chart)
    ctx.scenarios = {"default": {}, **{path: ctx.data(path) for path in scenarios}}
    return list(rule.check(ctx))


def messages(rule_id: str, template: str, values: str = "", **files: str) -> list[str]:
    """What a rule says of a chart with one template, without the file's name."""
    named = {path.replace("__", "/").replace("_dot_", "."): text for path, text in files.items()}
    found = faults(rule_id, {"templates/a.yaml": template, "values.yaml": values, **named})
    return [fault.message.partition(": ")[2] for fault in found]


@pytest.mark.parametrize(
    ("template", "keys"),
    [
        ("# note\n{{- if .a -}}\nkind: x\n{{- end }}", ["kind:"]),
        ("# note\n{{- if .a }}\nkind: x\n{{- end }}", []),
        ("# note\n{{ if .a -}}\nkind: x\n{{- end }}", []),
        ("a: 1\n{{- /* note */ -}}\nb: 2", ["b:"]),
        ("a: 1\n{{- $x := 1 -}}\nb: 2", ["b:"]),
        ("a: {{ .x -}}\nb: 2", []),
        ("a:\n{{- if .x }}\n  b: 1\n{{- else -}}\n  c: 1\n{{- end }}", []),
        ("a:\n{{- with .x -}}\n  b: 1\n{{- end }}", ["b:"]),
        ("{{- if .x -}}\nkind: x\n{{- end }}", []),
        ('{{- define "x" -}}\na: 1\n{{- end -}}\n\nb: 1', []),
        ("a: |\n{{- if .x -}}\n  b: 1\n{{- end }}", []),
        ("{{ .x }}\n{{- if .y -}}\nkind: x\n{{- end }}", []),
        ('{"a": {{- if .x -}}\nb: 1 {{- end }}}', []),
    ],
)
def test_keys_that_are_joined(template: str, keys: list[str]) -> None:
    found = messages("glued-key", template)
    assert found == [f"'-}}}}' joins {key!r} to the line above" for key in keys]


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("a:\n  {{ toYaml .Values.x }}", ["only the first line of what 'toYaml' gives is indented"]),
        ("a:\n  {{- toYaml .Values.x | nindent 2 }}", []),
        ("a: {{ toYaml .Values.x | nindent 2 }}", []),
        ("a:\n{{ toYaml .Values.x | indent 2 }}", []),
        ("a:\n  {{ .x | indent 2 }}", ["the first line is indented twice, by 'indent' and by the spaces before it"]),
        ("{{ toYaml .Values.x }}", []),
        ('a:\n  {{ include "one" . }}', []),
        ('a:\n  {{ include "two" . }}', ["only the first line of what 'include' gives is indented"]),
        ('a:\n  {{ include "two" . | nindent 2 }}', []),
        ('a:\n  {{ include "maybe" . }}', []),
        ('a:\n  {{ $x := include "two" . }}', []),
        ('a: "{{ include "two" . }}"', []),
    ],
)
def test_lines_that_are_not_indented(template: str, found: list[str]) -> None:
    helpers = (
        '{{ define "one" }}a: 1{{ end }}{{ define "two" }}a: 1\nb: 2{{ end }}'
        '{{ define "maybe" }}a: 1{{ if .x }}\nb: 2{{ end }}{{ end }}'
    )
    assert messages("unindented-include", template, templates___h_dot_tpl=helpers) == found


@pytest.mark.parametrize(
    ("template", "depth"),
    [
        ("a:\n  {{ toYaml .Values.x | indent 2 }}", 2),
        ("    a:\n  {{ toYaml .Values.x | indent 6 }}", 6),
        ("    a:\n    {{ toYaml .Values.x | indent 2 }}", 6),
        ("- a:\n  {{- if .y }}\n  {{ toYaml .Values.x | indent 4 }}\n  {{- end }}", 4),
        ("  a: 1\n  # note:\n{{- with .Values.x }}\n  {{ toYaml . | indent 4 }}\n{{- end }}", 2),
        ("a:\n    {{ toYaml .Values.x }}", 4),
    ],
)
def test_how_deep_lines_belong(template: str, depth: int) -> None:
    found = faults("unindented-include", {"templates/a.yaml": template})
    assert [fault.help for fault in found] == [f"write '{{{{- ... | nindent {depth} }}}}'"]


@pytest.mark.parametrize(
    ("template", "missing"),
    [
        ('{{ include "top.gone" . }}', ["top.gone"]),
        ('{{ template "top.gone" . }}{{ template "top.here" }}', ["top.gone"]),
        ("{{ if .Values.x }}{{ with include `top.gone` $ }}{{ . }}{{ end }}{{ end }}", ["top.gone"]),
        ('{{ define "top.a" }}{{ include "top.gone" . }}{{ end }}', ["top.gone"]),
        ('{{ include (printf "top.%s" .Values.x) . }}', []),
        ('{{ include "top/templates/a.yaml" . }}', []),
        ('{{/* include "top.gone" . */}}# include "top.gone"', []),
        ('{{ block "top.b" . }}{{ end }}{{ include "top.b" . }}{{define"top.c"}}{{end}}{{ include "top.c" . }}', []),
        ('{{ include "sub.helper" . }}', []),
    ],
)
def test_named_templates_that_are_not_there(template: str, missing: list[str]) -> None:
    files = {
        "templates/_h.tpl": '{{ define "top.here" }}{{ end }}',
        "charts/sub/Chart.yaml": "name: sub",
        "charts/sub/templates/_s.tpl": '{{ define "sub.helper" }}{{ end }}',
        "templates/x.yaml": template,
    }
    found = faults("undefined-helper", files)
    assert [fault.message for fault in found] == [
        f"templates/x.yaml: includes {name!r}, which no chart defines" for name in missing
    ]


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("top.lables", "did you mean 'top.labels'?"),
        ("other.labels", "did you mean 'top.labels'?"),
        ("top.secretName", "define it in a file of templates/"),
        (".Values.labels", "it is a value and no template: write {{ .Values.labels }}"),
    ],
)
def test_which_named_template_was_meant(name: str, cure: str) -> None:
    files = {
        "templates/_h.tpl": '{{ define "top.labels" }}{{ end }}',
        "templates/x.yaml": f'{{{{ include "{name}" . }}}}',
    }
    assert [fault.help for fault in faults("undefined-helper", files)] == [cure]


def test_for_a_great_many_names_nothing_like_them_is_looked_for() -> None:
    uses = "".join(f'{{{{ include "other.label{number}" . }}}}\n' for number in range(30))
    defines = "".join(f'{{{{ define "another.label{number}" }}}}a{{{{ end }}}}\n' for number in range(30))
    found = faults("undefined-helper", {"templates/x.yaml": uses, "templates/_x.tpl": defines})
    cures = [fault.help.partition("'")[0] for fault in found]
    assert cures == ["did you mean "] * 20 + ["define it in a file of templates/"] * 10


def test_a_missing_dependency_may_define_what_is_not_the_charts_own() -> None:
    lacking = {"Chart.yaml": "name: top\ndependencies: [{name: common}]\n"}
    text = '{{ include "common.names" . }}{{ include "top.names" . }}'
    found = faults("undefined-helper", lacking | {"templates/x.yaml": text})
    assert [fault.message for fault in found] == ["templates/x.yaml: includes 'top.names', which no chart defines"]


NEW = "'randAlphaNum' gives something new at every render"


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("a: {{ randAlphaNum 5 }}", [NEW]),
        ("a: {{ .Values.a | default (randAlphaNum 5) }}", [NEW]),
        ("a: {{ now | date `2006` }}", ["'now' gives something new at every render"]),
        ("{{ if .Release.IsInstall }}a: {{ uuidv4 }}{{ end }}", []),
        ('{{ $o := lookup "v1" "Secret" "a" "b" }}a: {{ randAlphaNum 5 }}', []),
        ('metadata:\n  annotations: {"helm.sh/hook": pre-install}\na: {{ genCA "x" 1 }}', []),
        ('a: {{ "randAlphaNum" }} # now', []),
        ('{{ define "r" }}{{ randAlphaNum 5 }}{{ end }}{{ include "r" . }}', [NEW]),
        ('{{ define "r" }}{{ randAlphaNum 5 }}{{ end }}{{ lookup "" "" "" "" }}{{ include "r" . }}', []),
    ],
)  # fmt: skip
def test_what_is_new_each_time(template: str, found: list[str]) -> None:
    assert messages("random-at-render", template) == found


@pytest.mark.parametrize(
    ("template", "better"),
    [
        ('{{ semverCompare ">=1.21" .Capabilities.KubeVersion.Version }}', [">=1.21-0"]),
        ('{{ semverCompare ">=1.21 <1.25" .Capabilities.KubeVersion.GitVersion }}', [">=1.21-0 <1.25-0"]),
        ('{{ semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version }}', []),
        ('{{ .Capabilities.KubeVersion.Version | semverCompare "^1.19.0" }}', ["^1.19.0-0"]),
        ('{{ semverCompare ">=1.21" .Chart.AppVersion }}', []),
        ('{{ semverCompare .Values.range .Capabilities.KubeVersion.Version }}', []),
        ('{{ semverCompare ">=1.21" (include "x.kubeVersion" .) }}', [">=1.21-0"]),
    ],
)  # fmt: skip
def test_versions_of_managed_clusters(template: str, better: list[str]) -> None:
    found = faults("capabilities-without-prerelease", {"templates/a.yaml": template})
    assert [fault.help for fault in found] == [f"write {one!r}" for one in better]
    for fault, text in zip(found, better, strict=True):
        assert fault.fix is not None
        assert fault.fix.actions[0].text == f'"{text}"'  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("template", "values", "found"),
    [
        ("{{ .Values.a }}", "b: 1", ["a is read here, and set in no values file"]),
        ("{{ .Values.a.b }}", "a: {c: 1}", ["a.b is read here, and set in no values file"]),
        ("{{ .Values.a.b }}", "a: {}", []),
        ("{{ .Values.a | default 1 }}", "b: 1", []),
        ('{{ if hasKey .Values "a" }}{{ end }}', "b: 1", []),
        ("{{ .Values.a }}", "b: 1\n# a: 2", []),
        ("{{ .Values.a }}", "# @param a Something\nb: 1", []),
        ("{{ .Values.global.a }}", "b: 1", []),
        ("{{ toYaml .Values.a }}{{ .Values.a.b }}", "a: {c: 1}", []),
        ("{{ range .Values.a }}{{ end }}{{ .Values.a.b }}", "a: {c: 1}", []),
        ('{{ $_ := set .Values "a" 1 }}{{ .Values.a }}', "b: 1", []),
        ("{{ with .Values.a }}{{ .c }}{{ end }}", "b: 1", ["a is read here, and set in no values file"]),
        ('{{ define "h" }}{{ .v.x }}{{ end }}{{ include "h" (dict "v" .Values.a) }}', "a: {c: 1}", []),
    ],
)
def test_values_nobody_knows_of(template: str, values: str, found: list[str]) -> None:
    assert messages("undefined-value", template, values) == found


def test_a_value_of_another_scenario_or_of_the_schema_is_known() -> None:
    files = {"templates/a.yaml": "{{ .Values.a }}{{ .Values.b }}{{ .Values.c }}", "values.yaml": "x: 1"}
    files |= {"ci/x-values.yaml": "a: 1", "values.schema.json": '{"properties": {"b": {"type": "string"}}}'}
    found = faults("undefined-value", files, scenarios=("ci/x-values.yaml",))
    assert [fault.message.partition(": ")[2] for fault in found] == ["c is read here, and set in no values file"]


@pytest.mark.parametrize(
    ("template", "values", "found"),
    [
        ("kind: ConfigMap\ndata:\n  a: {{ .Values.a }}", "a: x", 1),
        ("kind: ConfigMap\ndata:\n  a: {{ .Values.a | quote }}", "a: x", 0),
        ('kind: ConfigMap\ndata:\n  a: "{{ .Values.a }}"', "a: x", 0),
        ("kind: ConfigMap\ndata:\n  a: {{ .Values.a }}-x", "a: x", 0),
        ("kind: Other\ndata:\n  a: {{ .Values.a }}", "a: x", 0),
        ("metadata:\n  labels:\n    a: {{ $.Values.a | default 1 }}", "a: x", 1),
        ("metadata:\n  labels:\n    a: {{ .Values.a }}", "a: {b: 1}", 0),
        ("metadata:\n  name: {{ .Values.a }}\n  labels: {}", "a: x", 0),
        ("spec:\n  containers:\n    - env:\n        - name: A\n          value: {{ .Values.a }}", "", 1),
        ("spec:\n  replicas: {{ .Values.a }}", "a: 1", 0),
    ],
)
def test_values_without_quotes(template: str, values: str, found: int) -> None:
    assert len(messages("unquoted-value", template, values)) == found


def test_a_comment_within_a_script_is_no_comment_of_the_release() -> None:
    comment = "".join(f"# line {number}\n" for number in range(7))
    script = "data:\n  run.sh: |\n" + "".join(f"    {line}\n" for line in comment.splitlines())
    assert messages("rendered-comment", f"{comment}{script}") == ["a comment of 7 lines is part of every release"]
    assert messages("rendered-comment", script) == []
    assert messages("rendered-comment", f"{{{{/*\n{comment}*/}}}}\n") == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('{{ include "used" . }}', ["named template 'idle' is never included"]),
        ('{{ include "used" . }}{{ template "idle" . }}', []),
        ('{{ include (printf "%s" .Values.x) . }}', []),
        ('{{ include "used" . }}{{ include (printf "%s.name" .x) . }}', ["named template 'idle' is never included"]),
        ('{{ include "call" (dict "template" "used" "other" "idle") }}', []),
    ],
)
def test_helpers_nobody_uses(template: str, found: list[str]) -> None:
    helpers = '{{ define "used" }}{{ end }}{{ define "idle" }}{{ end }}'
    assert messages("unused-helper", template, templates___h_dot_tpl=helpers) == found


def test_branches_that_templates_decide_themselves_count_as_taken() -> None:
    untaken = "untaken-branch"
    assert messages(untaken, "{{ if .Values.a }}x{{ end }}", "a: false") == ["'if .Values.a' is never taken"]
    assert messages(untaken, "{{ if .Values.a }}x{{ else }}y{{ end }}", "a: true") == [
        "what stands behind 'else' of 'if .Values.a' is never taken"
    ]
    for template in (
        '{{ $_ := set .Values "a" true }}{{ if .Values.a }}x{{ end }}',
        "{{ if .Capabilities.APIVersions.Has `x` }}x{{ end }}",
        "{{ if or .Values.a .Release.IsInstall }}x{{ end }}",
        '{{ if eq .Release.Name "x" }}x{{ end }}',
    ):
        assert messages(untaken, template, "a: false") == []
    inner = "{{ if .Values.a }}{{ if .Values.b }}x{{ end }}{{ end }}"
    assert messages(untaken, inner, "a: false\nb: false") == ["'if .Values.a' is never taken"]
