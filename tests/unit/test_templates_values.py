"""Which values are read, through everything that templates do with them."""

from __future__ import annotations

import pytest

from chartgen.chart.model import Chart
from chartgen.rules.base import ChartContext
from chartgen.templates.analysis import Analysis
from chartgen.templates.unused import Usage

HELPERS = """
{{- define "root" }}{{ .Values.used }}{{ end }}
{{- define "dot" }}{{ .used }}{{ end }}
{{- define "image" }}{{ .image.tag }}{{ .context.Values.registry }}{{ end }}
{{- define "render" }}{{ if typeIs "string" .value }}{{ tpl .value .context }}{{ else }}
{{- tpl (toYaml .value) .context }}{{ end }}{{ end }}
{{- define "key" }}{{ $v := .context.Values }}{{ range splitList "." .key }}{{ $v = index $v . }}{{ end }}{{ print $v }}
{{- end }}
{{- define "name" }}{{ print "used" }}{{ end }}
{{- define "marks" }}{{ $_ := set .data "used" .context.Values.used }}{{ end }}
{{- define "again" }}{{ .Values.used }}{{ include "again" . }}{{ end }}
"""


def analysed(files: dict[str, str]) -> Analysis:
    chart = Chart.of({"Chart.yaml": "name: top\n", "templates/_h.tpl": HELPERS, **files})
    return Analysis(chart, ChartContext(chart).data)


def unused(files: dict[str, str], values: str = "values.yaml") -> list[str]:
    """The keys of a values file that nothing reads."""
    found = analysed(files)
    assert found.reads.complete
    data = ChartContext(found.chart).data(values)
    return [".".join(parts) for parts in Usage(found.reads, found.family).unused(data)]


@pytest.mark.parametrize(
    "template",
    [
        "{{ .Values.used }}",
        "{{ $.Values.used }}",
        '{{ index .Values "used" }}',
        '{{ get .Values "used" }}',
        '{{ dig "used" "" .Values.AsMap }}{{ .Values.used }}',
        '{{ dig "used" "" .Values }}',
        '{{ pluck "used" .Values | first }}',
        '{{ (pick .Values "used").used }}',
        '{{ toYaml (pick .Values "used") }}',
        '{{ if hasKey .Values "used" }}a{{ end }}',
        "{{ if .Values.used }}a{{ end }}",
        "{{ if not (empty .Values.used) }}a{{ end }}",
        "{{ with .Values }}{{ .used }}{{ end }}",
        "{{ $v := .Values }}{{ $v.used }}",
        "{{ $v := .Values }}{{ range tuple 1 2 }}{{ $v.used }}{{ end }}",
        "{{ range list .Values.used }}{{ . }}{{ end }}",
        "{{ range $x := list .Values.used }}{{ $x }}{{ end }}",
        '{{ range $k := list "used" }}{{ index $.Values $k }}{{ end }}',
        '{{ $k := "used" }}{{ index .Values $k }}',
        '{{ index .Values (printf "%sed" "us") }}',
        '{{ include "root" . }}',
        '{{ template "root" . }}',
        '{{ include "dot" .Values }}',
        '{{ include "dot" (dict "used" .Values.used) }}',
        '{{ include "root" (dict "Values" .Values) }}',
        '{{ include "root" (merge (dict "x" 1) .) }}',
        '{{ include (printf "%s" "root") . }}',
        '{{ include (print "ro" "ot") . }}',
        '{{ include (ternary "root" "dot" true) . }}',
        '{{ include "again" . }}',
        '{{ include "key" (dict "key" "used" "context" $) }}',
        '{{ index .Values (include "name" .) }}',
        '{{ index .Values (include "name" .) }}{{ get .Values "" }}',
        '{{ $d := dict }}{{ include "marks" (dict "data" $d "context" .) }}{{ $d.used }}',
        '{{ $d := dict }}{{ $_ := set $d "a" .Values }}{{ $d.a.used }}',
        '{{ $_ := set . "a" .Values }}{{ .a.used }}',
        "{{ $d := deepCopy .Values }}{{ $d.used }}",
        "{{ $d := mergeOverwrite (dict) .Values }}{{ $d.used }}",
        "{{ (.Values).used }}",
        "{{ ((.Values).used).deeper }}",
        "{{ .Values.used | default 1 }}",
        "{{ default 1 .Values.used }}",
        "{{ coalesce .Values.used 1 }}",
        "{{ ternary .Values.used 1 true }}",
        '{{ required "set it" .Values.used }}',
        "{{ or .Values.used 1 }}",
        "{{ (and .Values .Values.used) }}",
        "{{ tpl .Values.used . }}",
        '{{ tpl "{{ .Values.used }}" . }}',
        '{{ tpl (printf "{{ .Values.used }}") . }}',
        "{{ with $.Subcharts }}{{ end }}{{ .Values.used }}",
        '{{- block "mine" . }}{{ .Values.used }}{{ end }}',
        "{{ $x := 1 }}{{ if .Values.used }}{{ $x = 2 }}{{ end }}{{ $x }}",
        "{{ range $i, $e := until 3 }}{{ $.Values.used }}{{ end }}",
        "{{ range until 3 }}{{ else }}{{ $.Values.used }}{{ end }}",
        "{{ if .a }}{{ else if .Values.used }}{{ end }}",
        "{{ .Capabilities.APIVersions.Has .Values.used }}",
        '{{ lookup .Values.used "" "" "" }}',
        "{{ unknownFunction .Values.used }}",
    ],
)
def test_one_value_is_read_and_the_other_is_not(template: str) -> None:
    assert unused({"templates/a.yaml": template, "values.yaml": "used: x\nidle: y\n"}) == ["idle"]


@pytest.mark.parametrize(
    "template",
    [
        "{{ toYaml .Values }}",
        "{{ toYaml . }}",
        "{{ .Values }}",
        "{{ range $k, $v := .Values }}{{ $k }}={{ $v }}{{ end }}",
        "{{ index .Values .Release.Name }}",
        "{{ index .Values (lower .Chart.Name) }}",
        "{{ include .Values.a . }}{{ toYaml $ }}",
        "{{ tpl (toYaml .Values) . }}",
        '{{ $d := dict "v" .Values }}{{ toJson $d }}',
        '{{ include "key" (dict "key" .Release.Name "context" $) }}',
    ],
)
def test_all_may_be_read(template: str) -> None:
    assert unused({"templates/a.yaml": template, "values.yaml": "a: x\nb: {c: 1}\n"}) == []


@pytest.mark.parametrize(
    ("template", "values", "idle"),
    [
        ("{{ .Values.a.b }}", "a: {b: 1, c: 2}", ["a.c"]),
        ("{{ if .Values.a }}x{{ end }}", "a: {b: 1, c: 2}", []),
        ("{{ if .Values.a }}{{ .Values.a.b }}{{ end }}", "a: {b: 1, c: 2}", ["a.c"]),
        ("{{ with .Values.a }}{{ .b }}{{ end }}", "a: {b: 1, c: 2}", ["a.c"]),
        ("{{ toYaml .Values.a }}", "a: {b: 1, c: 2}\nd: {e: 1}", ["d"]),
        ("{{ range .Values.a }}{{ .b }}{{ end }}", "a: {x: {b: 1, c: 2}}", ["a.x.c"]),
        ("{{ range .Values.a }}{{ . }}{{ end }}", "a: [1, 2]", []),
        ('{{ include "image" (dict "image" .Values.x "context" .) }}', "x: {tag: a, pull: b}\nregistry: r", ["x.pull"]),
        ('{{ include "render" (dict "value" .Values.t "context" $) }}', 't: "{{ .Values.u }}"\nu: 1\nv: 2', ["v"]),
        ("{{ toYaml (omit .Values.a \"b\") }}", "a: {b: 1, c: 2}", []),
        ("{{ tpl (.Files.Get \"f.txt\") . }}", "inFile: 1\nidle: 2", ["idle"]),
        ("{{ .Values.a.b }}", "x-common: &c {b: 1}\na: *c", ["x-common"]),
    ],
)  # fmt: skip
def test_parts_of_maps(template: str, values: str, idle: list[str]) -> None:
    files = {"templates/a.yaml": template, "values.yaml": values, "f.txt": "{{ .Values.inFile }}"}
    assert unused(files) == idle


SUBCHART = {
    "Chart.yaml": "name: top\ndependencies: [{name: sub, alias: db, condition: db.enabled, tags: [storage]}]\n",
    "charts/sub/Chart.yaml": "name: sub\n",
    "charts/sub/values.yaml": "port: 1\n",
    "charts/sub/templates/x.yaml": "{{ .Values.port }}{{ .Values.global.zone }}",
}


def test_subcharts_read_below_their_name() -> None:
    values = (
        "db: {enabled: true, port: 2, idle: 1}\nsub: {port: 3}\nglobal: {zone: a, other: b}\ntags: {storage: true}\n"
    )
    assert unused({**SUBCHART, "values.yaml": values}) == ["db.idle", "sub", "global.other"]


def test_nothing_is_said_of_subcharts_that_are_not_there() -> None:
    files = {"Chart.yaml": SUBCHART["Chart.yaml"], "values.yaml": "db: {anything: 1}\nidle: 1\n"}
    assert unused(files) == ["idle"]


def test_library_charts_read_the_values_of_whoever_includes_them() -> None:
    files = {
        "Chart.yaml": "name: top\ndependencies: [{name: lib}]\n",
        "charts/lib/Chart.yaml": "name: lib\ntype: library\n",
        "charts/lib/templates/_l.tpl": '{{ define "lib.x" }}{{ .Values.mine }}{{ end }}',
        "templates/a.yaml": '{{ include "lib.x" . }}',
        "values.yaml": "mine: 1\nidle: 2\n",
    }
    assert unused(files) == ["idle"]


def test_import_values_are_vague() -> None:
    files = {
        "Chart.yaml": "name: top\ndependencies: [{name: sub, import-values: [{child: a.b, parent: c}]}]\n",
        "charts/sub/Chart.yaml": "name: sub\n",
        "values.yaml": "sub: {a: {b: {x: 1}, d: 2}}\nc: {x: 2}\nidle: 3\n",
    }
    assert unused(files) == ["sub.a.d", "idle"]


@pytest.mark.parametrize(
    "call",
    ['include "lib.all" .', 'include "lib.all" (list . "top.own")', 'include "lib.all" (dict "a" 1 "context" $)'],
)
def test_a_helper_that_is_not_there_may_read_all_it_is_handed(call: str) -> None:
    lacking = {"Chart.yaml": "name: top\ndependencies: [{name: lib}]\n"}
    files = {"templates/a.yaml": f"{{{{ {call} }}}}", "values.yaml": "one: 1\ntwo: {three: 3}\n"}
    assert unused(lacking | files) == []


def test_what_cannot_be_parsed_leaves_everything_open() -> None:
    assert not analysed({"templates/a.yaml": "{{ if }}"}).reads.complete


def test_what_never_ends_is_given_up() -> None:
    loops = "".join(f'{{{{ define "l{n}" }}}}{{{{ include "l{n + 1}" . }}}}{{{{ end }}}}' for n in range(500))
    assert analysed({"templates/a.yaml": loops + '{{ include "l0" . }}'}).reads.complete
    grows = '{{ define "g" }}{{ include "g" (dict "a" . "b" .Values.x) }}{{ end }}{{ include "g" . }}'
    analysed({"templates/a.yaml": grows})


@pytest.mark.parametrize(
    ("template", "fragile"),
    [
        ("{{ .Values.a.b }}", ["a"]),
        ("{{ .Values.a.b.c }}", ["a", "a.b"]),
        ("{{ .Values.full.x }}", []),
        ("{{ .Values.full.x.y }}", ["full.x"]),
        ("{{ .Values.nothing.x }}", ["nothing"]),
        ("{{ (.Values.a).b }}", []),
        ("{{ ((.Values.a).b).c }}", []),
        ("{{ $x := .Values.a }}{{ $x.b }}", []),
        ("{{ with .Values.a }}{{ .b }}{{ end }}", []),
        ("{{ with .Values.a }}{{ .b.c }}{{ end }}", ["a.b"]),
        ("{{ if .Values.a }}{{ .Values.a.b }}{{ end }}", []),
        ("{{ if .Values.a }}{{ else }}{{ .Values.a.b }}{{ end }}", ["a"]),
        ("{{ if and .Values.a .Values.a.b }}{{ end }}", []),
        ("{{ if or (not .Values.a) .Values.a.b }}{{ end }}", []),
        ("{{ if not .Values.a }}{{ else }}{{ .Values.a.b }}{{ end }}", []),
        ('{{ if hasKey .Values "a" }}{{ .Values.a.b }}{{ end }}', []),
        ('{{ if kindIs "map" .Values.a }}{{ .Values.a.b }}{{ end }}', []),
        ("{{ if not .Values.a }}{{ fail \"set a\" }}{{ end }}{{ .Values.a.b }}", []),
        ("{{ range .Values.a }}{{ $.Values.a.b }}{{ end }}", []),
        ("{{ $x := .Values.full }}{{ if .q }}{{ $x = dict }}{{ end }}{{ if $x.z }}{{ $x.z.w }}{{ end }}", []),
        ('{{ index .Values.a "b" }}', ["a"]),
        ('{{ index .Values "a" "b" }}', ["a"]),
        ('{{ dig "a" "b" "" .Values }}', []),
        ("{{ .Values.list.x }}{{ range .Values.items }}{{ .a.b }}{{ end }}", ["list"]),
        ("{{ range .Values.unset }}{{ .a.b }}{{ end }}", []),
        ("{{ range .Values.items }}{{ .Values.full.y }}{{ end }}", ["items.*.Values"]),
        ("{{ with .Values.full }}{{ .Release.Name }}{{ end }}", ["full.Release"]),
        ('{{ index (coalesce .Values.a .Values.full) "y" }}', []),
        ('{{ hasKey (.Values.a | default dict) "y" }}', []),
        ("{{ (.Values.a | default .Values.full).y.z }}", []),
        ("{{ (.Values.a | default dict).y.z }}", ["a.y"]),
        ("{{ if .Values.full }}{{ .Values.full.y }}{{ else }}{{ .Values.a.b }}{{ end }}", []),
        ("{{ if .Values.full.y }}{{ else }}{{ .Values.a.b }}{{ end }}", ["a"]),
    ],
)  # fmt: skip
def test_what_is_relied_on(template: str, fragile: list[str]) -> None:
    found = analysed({"templates/a.yaml": template, "values.yaml": "full: {y: 1}\nnothing:\nitems: []\n"})
    assert [".".join(parts) for parts in found.reads.fragile] == fragile


def test_who_hands_a_helper_the_wrong_thing_is_told() -> None:
    helpers = '{{ define "in" }}{{ .Values.a }}{{ end }}{{ define "out" }}{{ include "in" . }}{{ end }}'
    loop = '{{ range .Values.items }}{{ template "out" . }}{{ end }}'
    found = analysed({"templates/_x.tpl": helpers, "templates/a.yaml": loop}).reads.fragile
    (only,) = found.values()
    assert only.parts == ("items", "*", "Values")
    assert (only.mention.file, only.mention.start) == ("templates/a.yaml", loop.index("{{ template"))


def test_a_helper_that_no_chart_can_have_reads_nothing() -> None:
    files = {"templates/a.yaml": '{{ include "gone" . }}', "values.yaml": "one: 1\n"}
    assert unused(files) == ["one"]


def test_a_helper_is_judged_where_it_is_called() -> None:
    helper = '{{ define "h" }}{{ .Values.a.b }}{{ end }}'
    guarded = '{{ if .Values.a }}{{ include "h" . }}{{ end }}'
    assert not analysed({"templates/_x.tpl": helper, "templates/a.yaml": guarded}).reads.fragile
    files = {"templates/_x.tpl": helper, "templates/a.yaml": guarded, "templates/b.yaml": '{{ include "h" . }}'}
    assert list(analysed(files).reads.fragile) == [("a",)]


@pytest.mark.parametrize(
    ("files", "acted_on"),
    [
        ({"a.yaml": "{{ .Values.a }}"}, True),
        ({"NOTES.txt": "{{ .Values.a }}"}, False),
        ({"NOTES.txt": '{{ include "h" . }}', "_x.tpl": '{{ define "h" }}{{ .Values.a }}{{ end }}'}, False),
        (
            {
                "NOTES.txt": '{{ include "h" . }}',
                "_x.tpl": '{{ define "h" }}{{ .Values.a }}{{ end }}',
                "a.yaml": '{{ include "h" . }}',
            },
            True,
        ),
        ({"a.yaml": '{{ if .Values.a }}{{ fail "no a" }}{{ end }}'}, False),
        ({"a.yaml": '{{ with .Values.a }}{{ fail (printf "no %s" .) }}{{ end }}'}, False),
        ({"a.yaml": '{{ if .Values.a }}{{ fail "no a" }}{{ else }}{{ .Values.a }}{{ end }}'}, True),
        ({"a.yaml": '{{ if .Values.a }}b{{ else }}{{ fail "no a" }}{{ end }}'}, True),
        (
            {
                "_x.tpl": '{{ define "h" }}{{ if .a }}{{ fail "" }}{{ end }}{{ end }}',
                "a.yaml": '{{ include "h" .Values }}',
            },
            False,
        ),
        ({"NOTES.txt": "{{ range .Values.a }}{{ .b }}{{ end }}"}, False),
    ],
)  # fmt: skip
def test_what_only_tells_or_refuses_is_not_acted_on(files: dict[str, str], acted_on: bool) -> None:
    reads = analysed({f"templates/{name}": text for name, text in files.items()}).reads
    assert any(parts[:1] == ("a",) for parts in reads.touched)
    assert any(parts[:1] == ("a",) for parts in reads.acted_on | reads.acted_on_whole) is acted_on


def test_what_goes_through_tpl_is_known_by_template() -> None:
    found = analysed(
        {
            "templates/_x.tpl": '{{ define "h" }}{{ tpl .Values.a . }}{{ end }}',
            "templates/a.yaml": '{{ include "h" . }}',
            "templates/b.yaml": '{{ include "h" . }}{{ tpl .Values.b . }}',
        }
    )
    assert found.reads.templated_in == {
        ("a",): {"templates/a.yaml", "templates/b.yaml"},
        ("b",): {"templates/b.yaml"},
    }
    assert found.reads.templated == {("a",), ("b",)}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_helper_for_a_missing_map_is_judged_where_it_is_included_besides(order: tuple[int, int]) -> None:
    aside = "{{ if .Values.full }}1{{ else }}{{ include `h` . }}{{ end }}"
    helpers = {"templates/_h.tpl": "{{ define `h` }}{{ .Values.a.b }}{{ end }}", "values.yaml": "full: {y: 1}\n"}
    both = (aside, "{{ include `h` . }}")
    read = [
        analysed({**helpers, "templates/a.yaml": text}).reads for text in (aside, "".join(both[at] for at in order))
    ]
    assert [(list(one.fragile), sorted(one.own)) for one in read] == [
        ([], [("full",)]),
        ([("a",)], [("a", "b"), ("full",)]),
    ]
