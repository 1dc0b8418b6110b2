"""Rendered lines lead back to the template line that made them, or to none; never to a wrong one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartgen.chart.model import Chart
from chartgen.engine.api import Job
from chartgen.engine.embedded import Embedded
from chartgen.engine.markers import mark, unmark
from chartgen.engine.provenance import Asked, Origin, Traced, template_of, trace

from .engine_support import CHART_YAML, chart, fixture, needs_library, rendered

pytestmark = needs_library

VALUES = {"on": True, "list": ["a", "b"], "map": {"k": "v", "l": "w"}, "none": [], "text": "one\ntwo"}


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with Embedded(jobs=1) as embedded:
        yield embedded


def traced(engine: Embedded, source: str, job: Job) -> tuple[list[str], Traced]:
    """The lines of a rendered file and where they came from."""
    (answer,) = engine.render([job])
    files = rendered(answer)
    (found,) = trace(engine, [Asked(job, files, frozenset({source}))])
    return files.files[source].split("\n"), found[source]


def numbered(engine: Embedded, template: str, helpers: str = "") -> list[tuple[str, int | None, bool]]:
    """Each rendered line that is not blank, with the line it is traced to and whether exactly."""
    job = Job(chart(template, **{"templates/_helpers.tpl": helpers}), VALUES)
    lines, found = traced(engine, "templates/x.yaml", job)
    origins = [found.line(number) for number in range(1, len(lines) + 1)]
    return [(line, origin.line, origin.exact) for line, origin in zip(lines, origins, strict=True) if line.strip()]


def places(engine: Embedded, template: str, helpers: str = "") -> list[tuple[str, int | None]]:
    return [(line.strip(), number) for line, number, _ in numbered(engine, template, helpers)]


HELPERS = '{{ define "two" -}}\nx: 1\ny: 2\n{{- end }}\n{{ define "open" }}\nx: 1\ny: 2\n{{ end }}\n'


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("a: 1\n\nb: {{ .Values.on }}\n", [("a: 1", 1), ("b: true", 3)]),
        ("{{- if .Values.on }}\na: 1\n{{- else }}\nb: 2\n{{- end }}\nc: 3\n", [("a: 1", 2), ("c: 3", 6)]),
        ("{{ if .Values.on -}}\na: 1\n{{ end -}}\nc: 3\n", [("a: 1", 2), ("c: 3", 4)]),
        ("{{ if .Values.on }}\na: 1\n{{ end }}\nc: 3\n", [("a: 1", 2), ("c: 3", 4)]),
        (
            "l:\n{{- range .Values.list }}\n- {{ . }}\n  more: {{ . }}\n{{- end }}\nz: 1\n",
            [("l:", 1), ("- a", 3), ("more: a", 4), ("- b", 3), ("more: b", 4), ("z: 1", 6)],
        ),
        (
            "m:\n  {{- range $k, $v := .Values.map }}\n  {{ $k }}: {{ $v }}\n  {{- end }}",
            [("m:", 1), ("k: v", 3), ("l: w", 3)],
        ),
        (
            "m: {{- toYaml .Values.map | nindent 2 }}\nn:\n  {{- toYaml .Values.map | nindent 2 }}\nz: 1",
            [("m:", 1), ("k: v", 1), ("l: w", 1), ("n:", 2), ("k: v", 3), ("l: w", 3), ("z: 1", 4)],
        ),
        (
            'a: 0\n{{ include "two" . }}\nm:\n  {{- include "two" . | nindent 2 }}\nz: 9',
            [("a: 0", 1), ("x: 1", 2), ("y: 2", 2), ("m:", 3), ("x: 1", 4), ("y: 2", 4), ("z: 9", 5)],
        ),
        ('a: 0\n{{ include "open" . }}\nz: 9', [("a: 0", 1), ("x: 1", 2), ("y: 2", 2), ("z: 9", 3)]),
        (
            'a: {{ printf "%s-%s"\n    "x"\n    "y" }}\nb: {{ dict\n  "k" "v" | toYaml | nindent 2 }}\nc: 1',
            [("a: x-y", 1), ("b:", 4), ("k: v", 4), ("c: 1", 6)],
        ),
        ("{{- /* a comment\n  of two lines */}}\na: 1\n{{/* another */ -}}\nb: 2", [("a: 1", 3), ("b: 2", 5)]),
        (
            'a: "{{ "}}" }}"\nb: {{ `raw }}\n` | trim | quote }}\nc: 3',
            [('a: "}}"', 1), ('b: "raw }}"', 2), ("c: 3", 4)],
        ),
        (
            "a: |\n  text  \n  {{ .Values.text | nindent 2 }}\nb: 1",
            [("a: |", 1), ("text", 2), ("one", 3), ("two", 3), ("b: 1", 4)],
        ),
        (
            "{{- define \"own\" }}\ninside: 1\n{{- end }}\na: {{- template \"own\" . }}\nb: 2",
            [("a:", 4), ("inside: 1", 4), ("b: 2", 5)],
        ),
        ("{{- with .Values.map }}\n{{- with .k }}\na: {{ . }}\n{{- end }}\n{{- end }}", [("a: v", 3)]),
        ("{{- if .Values.on }}\n{{- \"a: 1\" }}\n{{- end }}", [("a: 1", 2)]),
        ("{{- $x := 1 }}\n{{- $y := 2 -}}\na: {{ $x }}\n", [("a: 1", 3)]),
        ("a: 1\r\n{{- if .Values.on }}\r\nb: 2\r\n{{- end }}\r\nc: 3\r\n", [("a: 1", 1), ("b: 2", 3), ("c: 3", 5)]),
        ("{{ range .Values.none }}\na: 1\n{{ else }}\nb: 2\n{{ end }}", [("b: 2", 4)]),
        ("{{ block \"b\" . }}\nin: 1\n{{ end }}\nz: 1", [("in: 1", 3), ("z: 1", 4)]),
        (
            "{{ range .Values.list }}{{ if eq . \"b\" }}{{ break }}{{ end }}\na: {{ . }}\n{{ end }}z: 1",
            [("a: a", 2), ("z: 1", 3)],
        ),
    ],
)  # fmt: skip
def test_lines_lead_to_their_template_line(
    engine: Embedded, template: str, expected: list[tuple[str, int | None]]
) -> None:
    assert places(engine, template, HELPERS) == expected
    assert all(exact for _, _, exact in numbered(engine, template, HELPERS))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("a: {{ .Values.on -}}\n  b\nc: 3", [("a: trueb", 2, False), ("c: 3", 3, True)]),
        ("{{ toYaml .Values.map -}}\n,\nc: 3", [("k: v", 2, False), ("l: w,", 2, False), ("c: 3", 3, True)]),
        (
            "{{ if .Values.on }}\nu: {{ 1 -}}\n{{ else }}\nv: 2\n{{ end }}\nw: 3",
            [("u: 1", 5, False), ("w: 3", 6, True)],
        ),
        (
            "{{ range .Values.list }}\nu: {{ . -}}\n{{ end }}\nw: 3",
            [("u: a", 1, False), ("u: b", 3, False), ("w: 3", 4, True)],
        ),
        ("a: 1\nb: {{ 2 -}}", [("a: 1", 1, True), ("b: 2", None, False)]),
        (
            "a: {{ 1 -}}\n{{- with .Values.on -}}\n{{- /* x */ -}}\n{{- end -}}\n, b\nc: 3",
            [("a: 1, b", 5, False), ("c: 3", 6, True)],
        ),
    ],
)  # fmt: skip
def test_lines_joined_by_a_trim_are_said_to_be_inexact(
    engine: Embedded, template: str, expected: list[tuple[str, int | None, bool]]
) -> None:
    assert numbered(engine, template) == expected


def test_a_whole_template_that_another_includes_does_not_lend_it_its_lines(engine: Embedded) -> None:
    whole = 'include (print $.Template.BasePath "/y.yaml") .'
    outer = f"a: 1\nb: |-\n  {{{{- {whole} | nindent 2 }}}}\nc: {{{{ {whole} | sha256sum }}}}"
    job = Job(chart(outer, "one: 1\ntwo: 2\nthree: 3"))
    (answer,) = engine.render([job])
    (found,) = trace(engine, [Asked(job, rendered(answer), frozenset({"templates/x.yaml", "templates/y.yaml"}))])
    assert [found["templates/x.yaml"].line(number).line for number in range(1, 7)] == [1, 2, 3, 3, 3, 4]
    assert [found["templates/y.yaml"].line(number).line for number in (1, 2, 3)] == [1, 2, 3]


def test_a_template_whose_text_decides_what_is_rendered_is_marked_alone(engine: Embedded) -> None:
    whole = 'include (print $.Template.BasePath "/y.yaml") .'
    outer = f'{{{{- $y := {whole} }}}}\n{{{{- if eq $y "on" }}}}\na: 1\nb: 2\n{{{{- end }}}}\nc: 3'
    job = Job(chart(outer, "on"))
    (answer,) = engine.render([job])
    (found,) = trace(engine, [Asked(job, rendered(answer), frozenset({"templates/x.yaml", "templates/y.yaml"}))])
    lines = rendered(answer).files["templates/x.yaml"].split("\n")
    origins = {line: found["templates/x.yaml"].line(number).line for number, line in enumerate(lines, 1) if line}
    assert origins == {"a: 1": 3, "b: 2": 4, "c: 3": 6}
    assert found["templates/y.yaml"].line(1) == Origin(1, True)


def test_lines_that_cannot_be_told_are_unknown(engine: Embedded) -> None:
    random = "{{ range until (randInt 1 900 | int) }}a: 1\n{{ end }}b: 1"
    lines, found = traced(engine, "templates/x.yaml", Job(chart(random)))
    again = len(lines) == len(found.origins)
    assert found.path == "templates/x.yaml"
    assert again or found.line(1) == Origin(None, False)


def test_a_line_beyond_the_file_is_unknown() -> None:
    found = Traced("templates/x.yaml", (Origin(1, True),))
    assert [found.line(number).line for number in (None, 0, 1, 2)] == [None, None, 1, None]


def test_aliased_and_oddly_named_subcharts(engine: Embedded) -> None:
    umbrella = fixture("umbrella")
    job = Job(umbrella)
    (answer,) = engine.render([job])
    sources = frozenset({"charts/twin/templates/thing.yaml", "charts/sub/templates/thing.yaml"})
    (found,) = trace(engine, [Asked(job, rendered(answer), sources)])
    for source in sources:
        assert found[source].path == "charts/sub-folder/templates/thing.yaml"
        assert [found[source].line(number).line for number in range(1, 7)] == [1, 2, 3, 4, 5, 6]


def test_a_packed_subchart_has_no_template_to_point_at() -> None:
    packed = Chart.of({"Chart.yaml": CHART_YAML, "charts/sub-1.0.0.tgz": b""})
    assert template_of(packed, "charts/sub/templates/x.yaml") is None
    assert template_of(packed, "templates/none.yaml") is None


def test_many_renders_are_traced_together(engine: Embedded) -> None:
    jobs = [Job(chart("{{ if .Values.x }}\na: 1\n{{ end }}\nb: 2"), {"x": flag}) for flag in (True, False)]
    answers = [rendered(answer) for answer in engine.render(jobs)]
    asked = [Asked(job, answer, frozenset({"templates/x.yaml"})) for job, answer in zip(jobs, answers, strict=True)]
    with_a, without = trace(engine, asked)
    assert [origin.line for origin in with_a["templates/x.yaml"].origins] == [1, 2, 3, 4]
    assert [origin.line for origin in without["templates/x.yaml"].origins] == [3, 4]


@pytest.mark.parametrize(
    "change",
    [
        '{{ $_ := set .Values "on" "no" }}',
        '{{ $_ := mergeOverwrite .Values (dict "on" "no") }}',
        '{{ include "no" . }}',
        '{{ unset $.Values "on" }}',
    ],
)
def test_a_template_that_another_changes_the_values_for_is_traced_with_it(change: str, engine: Embedded) -> None:
    template = '{{- if eq (toString .Values.on) "true" }}\na: 1\n{{- else }}\na: 2\n{{- end }}\n'
    helper = '{{ define "no" }}{{ $_ := set .Values "on" "no" }}{{ end }}'
    job = Job(chart(template, **{"templates/z.yaml": change, "templates/_helpers.tpl": helper}), VALUES)
    lines, found = traced(engine, "templates/x.yaml", job)
    assert [(line, found.line(number).line) for number, line in enumerate(lines, 1) if line] == [("a: 2", 4)]


def test_a_template_that_is_not_utf_8_is_traced(engine: Embedded) -> None:
    job = Job(chart(**{"templates/x.yaml": b"a: \xff\nb: 2\n"}))
    lines, found = traced(engine, "templates/x.yaml", job)
    assert lines == ["a: \udcff", "b: 2", ""]
    assert [found.line(number).line for number in (1, 2)] == [1, 2]


FRAGMENTS = st.sampled_from(
    [
        "a: 1", "  b: {{ $.Values.on }}", "", "   ", "# note", "- {{ . | toJson }}", "text  ", "\t",
        "{{ toYaml $.Values.map }}", "{{- toYaml $.Values.map | nindent 2 }}", "{{ toYaml $.Values.list -}}",
        "{{- $.Values.text -}}", '{{ include "two" $ }}', '{{- include "open" $ | nindent 4 }}', "{{/* c */}}",
        "{{- /* c\nd */ -}}", "{{ $x := 1 }}", "{{- $x := 1 -}}", "x: {{ printf\n  \"%d\"\n  1 }}", "y: {{ 1 -}}",
        "{{- 1 }} tail", "{{ `}}` }}", "---", "{{- \"\\n\" }}", "{{ \"\" -}}",
    ]
)  # fmt: skip
TRIM = st.sampled_from([("{{", "}}"), ("{{-", "}}"), ("{{", "-}}"), ("{{-", "-}}")])
HEADS = st.sampled_from(
    ["if $.Values.on", "if $.Values.none", "range $.Values.list", "with $.Values.map", "range $.Values.none"]
)


def _block(body: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def build(head: str, trims: list[tuple[str, str]], inner: str, other: str | None) -> str:
        (a, b), (c, d), (e, f) = trims
        middle = "" if other is None else f"\n{c} else {d}\n{other}"
        return f"{a} {head} {b}\n{inner}{middle}\n{e} end {f}"

    return st.builds(
        build, HEADS,
        st.lists(TRIM, min_size=3, max_size=3), body, st.none() | body,
    )  # fmt: skip


TEMPLATES = st.recursive(
    FRAGMENTS, lambda inner: _block(inner) | st.lists(inner, min_size=1, max_size=5).map("\n".join), max_leaves=12
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(TEMPLATES)
def test_markers_never_change_what_is_rendered(engine: Embedded, template: str) -> None:
    def files(text: str) -> dict[str, str | bytes]:
        return {"templates/x.yaml": text, "templates/_helpers.tpl": HELPERS}

    jobs = [Job(chart(**files(text)), VALUES) for text in (template, mark(template, 7))]
    plain, marked = (rendered(answer).files["templates/x.yaml"] for answer in list(engine.render(jobs)))
    stripped, origins = unmark(marked, 7)
    assert stripped == plain
    assert len(origins) == plain.count("\n") + 1
