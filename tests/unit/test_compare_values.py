"""What became of values, held against what templates read."""

from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.compare.defines import define_changes
from chartgen.compare.dependencies import dependency_pairs
from chartgen.compare.files import file_changes
from chartgen.compare.side import Side
from chartgen.compare.values import ValuesComparison


def side(values: str, template: str = "", **files: str) -> Side:
    more = {path.replace("__", "/").replace("_yaml", ".yaml"): text for path, text in files.items()}
    return Side(
        Chart.of(
            {
                "Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n",
                "values.yaml": values,
                "templates/a.yaml": template,
                **more,
            }
        )
    )


def compared(old: tuple[str, str], new: tuple[str, str]) -> ValuesComparison:
    return ValuesComparison(side(*old), side(*new))


READS = "a: {{ .Values.a.b }}\nc: {{ .Values.c }}\n"


def test_a_key_that_nobody_reads_is_unread() -> None:
    found = compared(("c: 1\nd: 2\n", READS), ("c: 1\n", READS))
    assert [(one.parts, one.use) for one in found.removed] == [(("d",), "unread")]


def test_the_outermost_of_what_is_gone_together() -> None:
    template = "{{ .Values.m.x }}{{ .Values.m.z }}"
    found = compared(("m:\n  x: 1\n  z: 2\n", template), ("{}", ""))
    assert [one.parts for one in found.removed] == [("m",)]


def test_keys_of_a_map_that_is_passed_on_are_free() -> None:
    template = "{{ toYaml .Values.resources }}"
    found = compared(("resources: {a: 1, b: 2}\n", template), ("resources: {a: 1}\n", template))
    assert [(one.parts, one.after) for one in found.redefined] == [(("resources",), {"a": 1})]
    assert not found.removed


def test_items_under_any_name_are_free_and_their_keys_are_not() -> None:
    template = "{{ range $name, $one := .Values.jobs }}{{ $one.schedule }}{{ end }}"
    assert compared(("jobs: {a: {schedule: x}}\n", template), ("jobs: {}\n", template)).redefined
    usage = compared(("jobs: {}\n", template), ("jobs: {}\n", template)).old
    assert usage.is_free(("jobs", "a"))
    assert usage.names(("jobs", "a", "schedule"))
    assert not usage.reads(("jobs", "a", "command"))


@pytest.mark.parametrize(
    ("old", "read", "new", "reads", "moved"),
    [
        ("scrape_configs: []", "{{ .Values.scrape_configs }}", "scrapeConfigs: []", "{{ .Values.scrapeConfigs }}",
         {("scrape_configs",): ("scrapeConfigs",)}),
        ("port: 8080", "port: {{ .Values.port }}", "listen: 8080", "port: {{ .Values.listen }}",
         {("port",): ("listen",)}),
        ("a: {u: 1, v: two, w: 3}", "{{ .Values.a.u }}{{ .Values.a.v }}{{ .Values.a.w }}",
         "b: {a: {u: 1, v: two, w: 3}}", "{{ .Values.b.a.u }}{{ .Values.b.a.v }}{{ .Values.b.a.w }}",
         {("a",): ("b", "a")}),
        ("usePasswordFile: false", "{{ if .Values.usePasswordFile }}", "usePasswordFiles: true",
         "{{ if .Values.usePasswordFiles }}", {("usePasswordFile",): ("usePasswordFiles",)}),
        ("first: true", "{{ .Values.first }}", "other: true", "{{ .Values.other }}", {}),
        ("enabled: true", "{{ .Values.enabled }}", "log: {enabled: true}", "{{ .Values.log.enabled }}", {}),
    ],
)  # fmt: skip
def test_renames_are_recognised_by_more_than_one_sign(old: str, read: str, new: str, reads: str, moved: Any) -> None:
    found = compared((old, read), (new, reads))
    assert {one.parts: one.moved_to for one in found.removed if one.moved_to} == moved


def test_of_two_places_that_are_as_good_a_key_goes_where_its_neighbours_went() -> None:
    env = "env: {LOG_LEVEL: debug, REGION: eu-west-1}"
    reads = "image: {{ .Values.image }}\n{{ .Values.env.LOG_LEVEL }}{{ .Values.env.REGION }}"
    several = "".join(
        f"{{{{ .Values.{name}.env.{key} }}}}" for name in ("web", "worker") for key in ("LOG_LEVEL", "REGION")
    )
    new = f"web:\n  image: example/web:1.0.0\n  {env}\nworker:\n  {env}\n"
    found = compared(
        (f"image: example/web:1.0.0\n{env}\n", reads), (new, f"image: {{{{ .Values.web.image }}}}\n{several}")
    )
    assert {one.parts: one.moved_to for one in found.removed} == {
        ("image",): ("web", "image"),
        ("env",): ("web", "env"),
    }


def test_keys_that_are_listed_and_read_no_more() -> None:
    found = compared(("a: {b: 1}\nc: 1\n", READS), ("a: {b: 1}\nc: 1\n", "c: {{ .Values.c }}"))
    assert found.forgotten == (("a",),)


def test_nothing_is_forgotten_where_a_library_is_not_there() -> None:
    found = compared(("c: 1\n", READS), ("c: 1\n", '{{ include "lib.all" . }}'))
    assert found.forgotten == ()
    assert not found.is_certain


def test_keys_that_no_values_file_lists() -> None:
    found = compared(("c: 1\n", READS), ("c: 1\n", "{{ .Values.c }}"))
    assert found.undocumented == (("a", "b"),)


def test_tpl_and_required_and_kinds_are_noted() -> None:
    template = (
        '{{ define "render" }}{{ tpl (.value | toYaml) .context }}{{ end }}'
        '{{ include "render" (dict "value" .Values.a "context" $) }}{{ tpl .Values.b . }}'
        '{{ required "no" .Values.c }}{{ if kindIs "map" .Values.d }}{{ end }}{{ .Values.e }}'
    )
    usage = compared(("{}", template), ("{}", template)).old
    assert [key for key in "abcde" if usage.is_templated((key,))] == ["a", "b"]
    assert [key for key in "abcde" if usage.is_required((key,))] == ["c"]
    assert [key for key in "abcde" if usage.is_inspected((key,))] == ["d"]


def test_named_templates_are_matched_by_name_or_by_text() -> None:
    old = side("{}", '{{ define "a.x" }}1{{ end }}{{ define "a.y" }}2{{ end }}{{ define "a.z" }}{{ .a }}{{ end }}')
    new = side("{}", '{{ define "a.x" }}1{{ end }}{{ define "b.y" }}2{{ end }}{{ define "a.z" }}{{ $.b }}{{ end }}')
    renamed, changed = define_changes(old, new)
    assert renamed.is_renamed
    assert changed.old is not None
    assert changed.new is not None
    assert [sorted(one.keys) for one in (changed.old, changed.new)] == [[".a"], ["b"]]


def test_dependencies_are_matched_by_alias_then_by_name() -> None:
    def chart(entries: str, lock: str = "") -> Side:
        return Side(Chart.of({"Chart.yaml": f"name: a\ndependencies:\n{entries}", "Chart.lock": lock or "{}"}))

    old = chart("- {name: redis, version: ~1.2}\n- {name: pg, alias: db, version: 1.x.x}\n- {name: gone, version: 1}\n")
    new = chart(
        "- {name: redis, version: ~1.3}\n- {name: pg, version: 1.x.x}\n",
        "dependencies:\n- {name: redis, version: 1.3.7}\n",
    )
    keys = [(pair.old and pair.old.key, pair.new and pair.new.key) for pair in dependency_pairs(old, new)]
    assert keys == [("redis", "redis"), ("db", "pg"), ("gone", None)]
    first = dependency_pairs(old, new)[0].new
    assert first is not None
    assert first.resolved == "1.3.7"


def test_files_are_told_apart_by_what_they_are_for() -> None:
    old = side("{}", README="a", crds__a_yaml="a", templates__tests__t_yaml="a")
    new = side("{}", ci__x_yaml="a", files__f="a")
    found = {(one.path, one.kind, one.use) for one in file_changes(old, new)}
    assert found == {
        ("README", "removed", "docs"),
        ("crds/a.yaml", "removed", "crd"),
        ("templates/tests/t.yaml", "removed", "test"),
        ("ci/x.yaml", "added", "ci"),
        ("files/f", "added", "other"),
    }


@pytest.mark.parametrize("broken", ["a: [1\n", "a: 1\n" + "#" * (17 << 20)])
def test_of_values_that_cannot_be_read_nothing_is_said(broken: str) -> None:
    for found in (compared((broken, READS), ("c: 1\n", "")), compared(("c: 1\n", READS), (broken, ""))):
        assert len(found.unread) == 1
        assert (found.removed, found.added, found.redefined) == ((), (), ())
        assert (found.forgotten, found.undocumented, found.is_same_data) == ((), (), False)
