"""Helm's library behind the engine's door: what a render depends on, and what becomes of charts that fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chartgen.engine.api import Failure, Job, LintMessage, Options
from chartgen.engine.embedded import Embedded
from chartgen.errors import CannotDo

from .engine_support import CHART_YAML, chart, failed, fixture, job, needs_library, rendered

pytestmark = needs_library


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with Embedded(jobs=2) as embedded:
        yield embedded


def text(engine: Embedded, given: Job) -> str:
    (answer,) = engine.render([given])
    return rendered(answer).files["templates/x.yaml"]


def test_every_circumstance_is_a_parameter(engine: Embedded) -> None:
    template = (
        "{{ .Release.Name }} {{ .Release.Namespace }} {{ .Release.IsUpgrade }} {{ .Release.IsInstall }} "
        '{{ .Release.Revision }} {{ .Capabilities.KubeVersion }} {{ .Capabilities.APIVersions.Has "example.com/v1" }}'
    )
    assert text(engine, job(template)) == "release-name default false true 1 v1.36.0 false"
    options = Options(
        release="web", namespace="shop", kube_version="1.30.2", api_versions=("example.com/v1",), is_upgrade=True
    )
    assert text(engine, Job(chart(template), options=options)) == "web shop true false 1 v1.30.2 true"


def test_a_kubernetes_version_that_is_none_is_the_user_s_mistake(engine: Embedded) -> None:
    with pytest.raises(CannotDo, match=r"^'new' is no Kubernetes version$"):
        list(engine.render([Job(chart("a: 1"), options=Options(kube_version="new"))]))


def test_values_are_laid_over_the_chart_s_own(engine: Embedded) -> None:
    given = chart("{{ .Values | toJson }}", values__yaml="x: 1", **{"values.yaml": "a: {b: 1, c: 2}\nd: [1, 2]\n"})
    assert text(engine, Job(given, {"a": {"b": 9}, "d": [3]})) == '{"a":{"b":9,"c":2},"d":[3]}'


BASE = {"a": [{"p": 1, "q": 1}, {"p": 2, "q": 2}], "m": {"x": 1}}


@pytest.mark.parametrize(
    ("expressions", "json"),
    [
        (("m.y=2",), '{"a":[{"p":1,"q":1},{"p":2,"q":2}],"m":{"x":1,"y":2}}'),
        (("a[1].q=7",), '{"a":[{"p":1,"q":1},{"p":2,"q":7}],"m":{"x":1}}'),
        (("a[2].q=7",), '{"a":[{"p":1,"q":1},{"p":2,"q":2},{"q":7}],"m":{"x":1}}'),
        (("a={x,y}",), '{"a":["x","y"],"m":{"x":1}}'),
        (("a=1,m=2", "m=3"), '{"a":1,"m":3}'),
        (("m.x=null",), '{"a":[{"p":1,"q":1},{"p":2,"q":2}],"m":{"x":null}}'),
        (("m.a\\.b=yes",), '{"a":[{"p":1,"q":1},{"p":2,"q":2}],"m":{"a.b":"yes","x":1}}'),
        (("k.l[0].m={1}", "k.l[0].m[1]=2"), '{"a":[{"p":1,"q":1},{"p":2,"q":2}],"k":{"l":[{"m":[1,2]}]},"m":{"x":1}}'),
    ],
)
def test_set_works_as_in_helm(engine: Embedded, expressions: tuple[str, ...], json: str) -> None:
    assert text(engine, Job(chart("{{ .Values | toJson }}"), BASE, expressions)) == json


def test_a_set_that_helm_cannot_read_is_the_user_s_mistake(engine: Embedded) -> None:
    with pytest.raises(CannotDo, match=r"^--set 'port': key \"port\" has no value$"):
        list(engine.render([Job(chart("a: 1"), set_values=("port",))]))


def test_a_set_that_differs_from_job_to_job_is_parsed_while_others_run(engine: Embedded) -> None:
    jobs = [Job(chart("{{ .Values.n }}"), set_values=(f"n={number}",)) for number in range(5)]
    answers = [rendered(answer).files["templates/x.yaml"] for answer in engine.render(jobs)]
    assert answers == ["0", "1", "2", "3", "4"]


def test_answers_come_in_the_order_of_the_jobs(engine: Embedded) -> None:
    slow = "{{ range until 300000 }}{{ end }}"
    jobs = [job(f"{slow if number % 3 == 0 else ''}{number}") for number in range(12)]
    answers = [rendered(answer).files["templates/x.yaml"] for answer in engine.render(jobs)]
    assert answers == [str(number) for number in range(12)]


def test_a_chart_renders_alike_however_it_was_rendered_before(engine: Embedded) -> None:
    umbrella = fixture("umbrella")
    jobs = [Job(umbrella), Job(umbrella, {"sub": {"enabled": False}, "twin": {"enabled": False}}), Job(umbrella)]
    first, without, again = map(rendered, engine.render(jobs))
    assert first == again
    subcharts = {path for path in first.files if path.startswith("charts/")}
    assert subcharts == {
        "charts/sub/templates/NOTES.txt",
        "charts/sub/templates/thing.yaml",
        "charts/twin/templates/NOTES.txt",
        "charts/twin/templates/thing.yaml",
    }
    assert not subcharts & set(without.files)
    assert set(first.crds) == {"crds/zebras.yaml", "charts/sub/crds/subs.yaml", "charts/twin/crds/subs.yaml"}
    assert set(without.crds) == {"crds/zebras.yaml"}


def test_no_cluster_and_no_name_server_is_asked(engine: Embedded) -> None:
    template = '{{ lookup "v1" "Secret" "a" "b" | toJson }} [{{ getHostByName "localhost" }}]'
    assert text(engine, job(template)) == "{} []"


@pytest.mark.parametrize(
    ("template", "message", "line", "column"),
    [
        ('a: 1\nb: {{ fail "boom" }}', "boom", 2, 7),
        ('{{ required "set a name" .Values.name }}', "set a name", 1, 4),
        ("größe: {{ .Values.x.y.z }}", "<.Values.x.y.z>: nil pointer evaluating interface {}.y", 1, 11),
        ("\n{{ div 1 0 }}", "<div 1 0>: error calling div: runtime error: integer divide by zero", 2, 4),
        ("a: 1\n{{ nosuch }}", 'function "nosuch" not defined', 2, None),
        ("{{ if }}", "missing value for if", 1, None),
        ("a\nb\n{{ if true }}", "unexpected EOF", 3, None),
        (
            '{{ include "f" . }}{{ define "f" }}\n  {{ .Values.q.r.s }}{{ end }}',
            "<.Values.q.r.s>: nil pointer evaluating interface {}.r",
            2,
            6,
        ),
        (
            '{{ include "none" . }}',
            '<include "none" .>: error calling include: template: no template "none" associated with template "gotpl"',
            1,
            4,
        ),
        ('{{ tpl "{{ fail `x` }}" . }}', "x", 1, 4),
    ],
)
def test_a_template_that_fails(engine: Embedded, template: str, message: str, line: int, column: int | None) -> None:
    (answer,) = engine.render([job(template)])
    assert answer == Failure("render", message, "templates/x.yaml", line, column)


def test_the_place_to_edit_is_the_innermost(engine: Embedded) -> None:
    helpers = '{{ define "name" }}\n{{ .Values.no.such.thing }}\n{{ end }}'
    given = chart('a: {{ include "name" . }}', **{"templates/_helpers.tpl": helpers})
    failure = failed(next(iter(engine.render([Job(given)]))))
    assert (failure.path, failure.line, failure.column) == ("templates/_helpers.tpl", 2, 4)


def test_a_failing_subchart_keeps_its_path(engine: Embedded) -> None:
    given = chart(
        **{
            "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
            "charts/sub/templates/y.yaml": '{{ fail "no" }}',
        }
    )
    (answer,) = engine.render([Job(given)])
    assert answer == Failure("render", "no", "charts/sub/templates/y.yaml", 1, 4)


def test_an_endless_include_gives_a_short_message(engine: Embedded) -> None:
    template = '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}'
    failure = failed(next(iter(engine.render([job(template)]))))
    assert failure.kind == "render"
    assert failure.path == "templates/x.yaml"
    assert "nested reference name: x" in failure.message
    assert len(failure.message) < 300


def test_values_that_the_schema_refuses(engine: Embedded) -> None:
    schema = '{"properties": {"a": {"type": "string"}}, "required": ["b"]}'
    given = chart("a: 1", **{"values.schema.json": schema, "values.yaml": "a: 1\n"})
    (answer,) = engine.render([Job(given)])
    assert answer == Failure(
        "values", "values do not meet values.schema.json: at '': missing property 'b'; at '/a': got number, want string"
    )


def test_a_schema_elsewhere_is_not_fetched_and_does_not_hide_the_chart(engine: Embedded) -> None:
    given = chart("a: 1", **{"values.schema.json": '{"$ref": "https://schemas.example/x.json"}'})
    (answer,) = engine.render([Job(given)])
    assert rendered(answer).files == {"templates/x.yaml": "a: 1"}
    assert rendered(answer).objections == (
        Failure(
            "values",
            "the schema refers to https://schemas.example/x.json, which is not fetched: "
            "the values were not checked against it",
            "values.schema.json",
        ),
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"Chart.yaml": "apiVersion: v2\nname: c\n"},
            Failure("load", "validation: chart.metadata.version is required", "Chart.yaml"),
        ),
        (
            {"Chart.yaml": "apiVersion: v2\nname: c\nversion: x.y\n"},
            Failure("load", 'validation: chart.metadata.version "x.y" is invalid', "Chart.yaml", 3, 1),
        ),
        (
            {"charts/sub/Chart.yaml": "name: sub\nversion: [\n"},
            Failure(
                "load",
                "error unpacking subchart sub in c: cannot load Chart.yaml: error converting YAML to JSON: "
                "yaml: line 2: did not find expected node content",
                "charts/sub/Chart.yaml",
                3,
                1,
            ),
        ),
        (
            {"charts/sub-1.0.0.tgz": b"no archive"},
            Failure(
                "load",
                "error unpacking subchart sub-1.0.0.tgz in c: gzip: invalid header",
                "charts/sub-1.0.0.tgz",
                None,
                None,
            ),
        ),
        (
            {"templates/big.yaml": b"#" * (5 * 1024 * 1024 + 1)},
            Failure(
                "load",
                "templates/big.yaml is larger than 5 MiB, which Helm before 4.3 does not load",
                "templates/big.yaml",
            ),
        ),
        (
            {"values.schema.json": '{\n  "type": 5\n}'},
            Failure(
                "values",
                "is not a JSON schema: at '/type': value must be one of 'array', 'boolean', 'integer', 'null', "
                "'number', 'object', 'string'; at '/type': got number, want array",
                "values.schema.json",
                2,
                11,
            ),
        ),
        (
            {"values.schema.json": '{"type": "object",}'},
            Failure(
                "values",
                "is not JSON: invalid character '}' looking for beginning of object key string",
                "values.schema.json",
                1,
                19,
            ),
        ),
        (
            {"values.schema.json": '{"$ref": "#/nope"}'},
            Failure("values", "json-pointer in '#/nope' not found", "values.schema.json"),
        ),
        (
            {"values.yaml": "a:\n  b: [\n"},
            Failure(
                "load",
                "cannot load values.yaml: cannot unmarshal yaml document: error converting YAML to JSON: "
                "yaml: line 2: did not find expected node content",
                "values.yaml",
                3,
                1,
            ),
        ),
    ],
)
def test_a_chart_that_does_not_load(engine: Embedded, files: dict[str, str | bytes], expected: Failure) -> None:
    (answer,) = engine.render([Job(chart("a: 1", **files))])
    assert answer == expected


def test_a_large_file_that_old_helms_refuse_is_left_out_and_told(engine: Embedded) -> None:
    given = chart('a: {{ .Files.Get "manual.pdf" | len }}', **{"manual.pdf": b"x" * (5 * 1024 * 1024 + 1)})
    (answer,) = engine.render([Job(given)])
    assert rendered(answer).files == {"templates/x.yaml": "a: 0"}
    (objection,) = rendered(answer).objections
    assert objection == Failure(
        "load", "manual.pdf is larger than 5 MiB, which Helm before 4.3 does not load", "manual.pdf"
    )


def test_paths_too_long_for_a_tar_header_arrive(engine: Embedded) -> None:
    path = f"files/{'long/' * 40}größe.txt"
    given = chart(f'{{{{ .Files.Get "{path}" }}}}', **{path: "here"})
    assert text(engine, Job(given)) == "here"


def test_what_helm_logs_is_kept_with_its_render(engine: Embedded) -> None:
    given = chart("a: 1", **{"values.yaml": "a: 1\n"})
    loud, quiet = engine.render([Job(given, {"a": {"b": 1}}), Job(given)])
    assert rendered(loud).log == "warning: skipped value for c.a: Not a table.\n"
    assert rendered(quiet).log == ""


def test_helm_s_own_lint(engine: Embedded) -> None:
    given = chart("a: b", "a: [\n", chart_yaml=CHART_YAML + "icon: https://example.com/icon.svg\n")
    (messages,) = engine.lint([Job(given)])
    assert isinstance(messages, tuple)
    assert (
        LintMessage(
            "error",
            "templates/y.yaml",
            "unable to parse YAML: error converting YAML to JSON: yaml: line 1: did not find expected node content",
        )
        in messages
    )
    assert {message.path for message in messages} == {"values.yaml", "templates/x.yaml", "templates/y.yaml"}


def test_lint_sees_the_values(engine: Embedded) -> None:
    given = chart("a: 1", **{"values.schema.json": '{"properties": {"a": {"type": "string"}}}'})
    good, bad = engine.lint([Job(given, {"a": "x"}), Job(given, {"a": 1})])
    assert "error" not in {message.severity for message in good if isinstance(message, LintMessage)}
    assert any(
        "- at '/a': got number, want string" in message.message for message in bad if not isinstance(bad, Failure)
    )


def test_an_engine_can_be_used_again_after_an_abandoned_run(engine: Embedded) -> None:
    answers = engine.render(job(f"{number}{{{{ range until 100000 }}}}{{{{ end }}}}") for number in range(50))
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    assert text(engine, job("still here")) == "still here"
