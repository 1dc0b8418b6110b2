"""Charts in, reports out: what lint says, where, and under which values."""

from collections.abc import Iterator

import pytest

from chartgen.engine.api import Failure, Options
from chartgen.engine.embedded import Embedded
from chartgen.errors import CannotDo, InvalidInput, Problem
from chartgen.findings import Report, Severity
from chartgen.lint.helmlint import as_rendered
from chartgen.lint.run import Settings, lint
from chartgen.lint.scenarios import GivenValues
from chartgen.location import Location
from chartgen.policy.model import Policy
from chartgen.rules import catalogue
from chartgen.rules.base import ChartRule, Profile
from chartgen.yamlread import read
from tests.unit.lint_support import CHART, POD, an_engine, chart, told

TAGS = Policy(select=("floating-image-tag",))


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with an_engine() as engine:
        yield engine


def run(engine: Embedded, files: dict[str, str], policy: Policy = TAGS, **settings: object) -> Report:
    return lint([chart(files)], engine=engine, settings=Settings(policy, **settings))  # type: ignore[arg-type]


def test_a_finding_has_its_template_line_and_the_value_behind_it(engine: Embedded) -> None:
    files = {"templates/pod.yaml": POD, "values.yaml": "# -- What runs.\nimage: nginx\n"}
    (finding,) = run(engine, files).findings
    assert told((finding,)) == [
        (
            "charts/app/templates/pod.yaml:8:14: [floating-image-tag] "
            "Pod/release-name: container 'web' runs 'nginx', which has no tag and so means latest"
        )
    ]
    assert [(str(one.location), one.message) for one in finding.related] == [
        ("charts/app/values.yaml:2:1", "the value comes from here")
    ]
    assert finding.primary.exact
    assert finding.chart == "app"


def test_one_fault_in_several_scenarios_is_one_finding(engine: Embedded) -> None:
    files = {
        "templates/pod.yaml": POD,
        "values.yaml": "image: nginx\n",
        "ci/same-values.yaml": "other: 1\n",
        "ci/pinned-values.yaml": "image: nginx:1.2.0\n",
    }
    report = run(engine, files)
    assert [finding.scenarios for finding in report.findings] == [("default", "ci/same-values.yaml")]
    assert report.scenarios == 3
    assert report.objects == 3


def test_a_fault_on_two_rendered_lines_of_one_template_line_is_one_finding(engine: Embedded) -> None:
    pod = POD.replace(
        "spec:", "  {{- with .Values.labels }}\n  labels: {{- toYaml . | nindent 4 }}\n  {{- end }}\nspec:"
    )
    files = {
        "templates/pod.yaml": pod,
        "values.yaml": "image: nginx\n",
        "ci/more-values.yaml": "labels: {a: b, c: d}\n",
    }
    (finding,) = run(engine, files).findings
    assert (finding.primary.line, finding.scenarios) == (11, ("default", "ci/more-values.yaml"))


def test_the_value_of_a_scenario_is_shown_in_its_file(engine: Embedded) -> None:
    files = {
        "templates/pod.yaml": POD,
        "values.yaml": "image: nginx:1.2.0\n",
        "ci/floating-values.yaml": "x: 1\nimage: nginx\n",
    }
    (finding,) = run(engine, files).findings
    assert finding.scenarios == ("ci/floating-values.yaml",)
    assert [str(one.location) for one in finding.related] == ["charts/app/ci/floating-values.yaml:2:1"]


def test_values_and_set_are_one_scenario_more(engine: Embedded) -> None:
    files = {"templates/pod.yaml": POD, "values.yaml": "image: nginx:1.2.0\n"}
    given = (GivenValues("mine.yaml", {"image": "nginx:1.3.0"}),)
    report = run(engine, files, values=given, set_values=("image=nginx",))
    assert [finding.scenarios for finding in report.findings] == [("mine.yaml --set",)]


def test_what_the_user_set_is_shown_in_the_users_file(engine: Embedded) -> None:
    files = {"templates/pod.yaml": POD, "values.yaml": "image: nginx:1.2.0\n"}
    mine = GivenValues("envs/mine.yaml", read("x: 1\nimage: nginx\n").data)
    (finding,) = run(engine, files, values=(mine,)).findings
    assert [(str(one.location), one.message) for one in finding.related] == [
        ("envs/mine.yaml:2:1", "image is set here")
    ]
    (finding,) = run(engine, files, values=(mine,), set_values=("image=redis",)).findings
    assert finding.related == ()
    (finding,) = run(engine, files | {"values.yaml": "image: nginx\n"}, set_values=("images=redis",)).findings
    assert [str(one.location) for one in finding.related] == ["charts/app/values.yaml:1:1"]


def test_a_subcharts_template_and_values_are_found_below_charts(engine: Embedded) -> None:
    sub = {
        "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
        "charts/sub/values.yaml": "image: nginx\n",
        "charts/sub/templates/pod.yaml": POD,
    }
    assert _places(run(engine, sub)) == [
        "charts/app/charts/sub/templates/pod.yaml:8:14",
        "charts/app/charts/sub/values.yaml:1:1",
    ]
    parent = {**sub, "values.yaml": "sub:\n  image: redis\n"}
    assert _places(run(engine, parent)) == [
        "charts/app/charts/sub/templates/pod.yaml:8:14",
        "charts/app/values.yaml:2:3",
    ]


def _places(report: Report) -> list[str]:
    (finding,) = report.findings
    return [str(finding.primary), *(str(related.location) for related in finding.related)]


def test_an_alias_is_where_the_parent_sets_values_and_the_folder_where_the_defaults_are(engine: Embedded) -> None:
    dependency = "dependencies:\n  - name: sub\n    alias: cache\n    version: 1.0.0\n"
    files = {
        "Chart.yaml": f"apiVersion: v2\nname: app\nversion: 1.0.0\n{dependency}",
        "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
        "charts/sub/values.yaml": "image: nginx\n",
        "charts/sub/templates/pod.yaml": POD,
    }
    template = "charts/app/charts/sub/templates/pod.yaml:8:14"
    assert _places(run(engine, files)) == [template, "charts/app/charts/sub/values.yaml:1:1"]
    files["values.yaml"] = "cache:\n  image: redis\n"
    assert _places(run(engine, files)) == [template, "charts/app/values.yaml:2:3"]


CONTEXT = (
    POD
    + """\
      securityContext: {{- toYaml .Values.containerSecurityContext | nindent 8 }}
"""
)


def test_a_value_inside_a_map_that_is_printed_as_a_whole_is_found(engine: Embedded) -> None:
    values = "image: nginx:1.2.0\ncontainerSecurityContext:\n  readOnlyRootFilesystem: true\n  privileged: true\n"
    files = {"templates/pod.yaml": CONTEXT, "values.yaml": values}
    (finding,) = run(engine, files, Policy(select=("privileged-container",))).findings
    assert str(finding.primary) == "charts/app/templates/pod.yaml:9:24"
    assert [(str(one.location), one.message) for one in finding.related] == [
        ("charts/app/values.yaml:4:3", "the value comes from here")
    ]


def test_what_is_missing_in_an_item_has_no_value_behind_it(engine: Embedded) -> None:
    pod = POD.replace("name: web", "name: {{ .Values.name }}")
    files = {"templates/pod.yaml": pod, "values.yaml": "name: web\nimage: nginx:1.2.0\n"}
    (finding,) = run(engine, files, Policy(select=("missing-memory-limit",))).findings
    assert (str(finding.primary), finding.related) == ("charts/app/templates/pod.yaml:7:7", ())


def test_names_made_up_at_random_are_said_the_same_way_each_time(engine: Embedded) -> None:
    pod = POD.replace("{{ .Release.Name }}", "{{ .Release.Name }}-test-{{ randAlphaNum 5 | lower }}")
    files = {"templates/pod.yaml": pod, "values.yaml": "image: nginx\n", "ci/a-values.yaml": "{}\n"}
    (finding,) = run(engine, files).findings
    assert (finding.subject, finding.scenarios) == ("Pod/release-name-test-*", ("default", "ci/a-values.yaml"))


FAILING = {
    "template": {"templates/a.yaml": "a: 1\nb: {{ .Values.x.y }}\n"},
    "required": {"templates/a.yaml": '{{ required "say what" .Values.x }}\n'},
    "no YAML": {"templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\n  name: x\n"},
    "no kind": {"templates/a.yaml": "apiVersion: v1\nmetadata: {}\n"},
    "values": {"values.yaml": "a: x\n", "values.schema.json": '{"properties": {"a": {"type": "integer"}}}'},
    "values file": {"ci/broken-values.yaml": "a: [\n"},
    "values.yaml": {"values.yaml": "a: [\n"},
    "Chart.yaml": {"Chart.yaml": "name: ]\n"},
    "kubeVersion": {"Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\nkubeVersion: '>=1.99.0'\n"},
    "dependency": {
        "Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n  - name: redis\n    version: 1.0.0\n"
    },
}

SAID = {
    "template": "charts/app/templates/a.yaml:2:7: [template-fails] templates/a.yaml: the template fails: ",
    "required": "charts/app/templates/a.yaml:1:4: [template-fails] templates/a.yaml: the template fails: say what",
    "no YAML": "charts/app/templates/a.yaml:3: [broken-yaml] templates/a.yaml: renders text that is not YAML: ",
    "no kind": "charts/app/templates/a.yaml:1: [not-an-object] templates/a.yaml: renders an object without kind",
    "values": "charts/app/values.yaml:1:4: [values-rejected] values.yaml: a: got string, want integer",
    "values file": "charts/app/ci/broken-values.yaml:2:1: [broken-yaml] ci/broken-values.yaml: is not YAML that Helm",
    "values.yaml": "charts/app/values.yaml:2:1: [chart-does-not-load] values.yaml: the chart does not load: ",
    "Chart.yaml": "charts/app/Chart.yaml:1:7: [chart-does-not-load] Chart.yaml: the chart does not load: ",
    "kubeVersion": "charts/app/Chart.yaml:4:14: [chart-refused] Chart.yaml: Helm refuses the chart: chart requires k",
    "dependency": "charts/app/Chart.yaml:5:11: [missing-dependency] Chart.yaml: dependency 'redis' is not in charts/",
}


@pytest.mark.parametrize("what", FAILING)
@pytest.mark.parametrize("policy", [Policy(Profile.BASELINE), TAGS], ids=["baseline", "one rule selected"])
def test_what_cannot_be_judged_is_a_finding_whatever_is_selected(what: str, policy: Policy, engine: Embedded) -> None:
    report = run(engine, FAILING[what], policy)
    (error,) = (finding for finding in report.findings if finding.severity is Severity.ERROR)
    assert told((error,))[0].startswith(SAID[what])
    assert report.worst_at_least(Severity.ERROR)
    assert not report.crashed


def test_a_chart_that_could_not_be_read_is_one_of_the_charts(engine: Embedded) -> None:
    problem = Problem("the archive is cut short", Location("web-1.0.0.tgz"), "download it again")
    good = chart({"templates/pod.yaml": POD, "values.yaml": "image: nginx\n"})
    report = lint([InvalidInput((problem,)), good], engine=engine, settings=Settings(TAGS))
    assert told(report.findings)[-1] == (
        "web-1.0.0.tgz: [chart-does-not-load] web-1.0.0.tgz: the chart does not load: the archive is cut short"
    )
    assert [finding.rule for finding in report.findings] == ["floating-image-tag", "chart-does-not-load"]
    assert report.findings[-1].help == "download it again"
    assert report.charts == ("web-1.0.0.tgz", "charts/app")


def test_values_that_answer_what_the_defaults_ask_for_do(engine: Embedded) -> None:
    files = {"templates/pod.yaml": POD.replace(".Values.image", 'required "set image" .Values.image')}
    assert told(run(engine, files).findings) == [
        "charts/app/templates/pod.yaml:8:17: [template-fails] templates/pod.yaml: the template fails: set image"
    ]
    assert run(engine, files, set_values=("image=nginx:1.2.0",)).findings == ()
    assert [finding.scenarios for finding in run(engine, files, set_values=("other=1",)).findings] == [
        ("default", "--set")
    ]


def test_a_hanging_chart_is_a_finding_and_the_others_are_linted() -> None:
    endless = {"templates/a.yaml": '{{- $d := dict }}{{- $_ := set $d "me" $d }}{{- $_ = deepCopy $d }}\n'}
    charts = [
        chart(endless, origin="charts/endless"),
        chart({"templates/pod.yaml": POD, "values.yaml": "image: nginx\n"}),
    ]
    with an_engine(time_limit=2) as engine:
        report = lint(charts, engine=engine, settings=Settings(TAGS))
    assert told(report.findings) == [
        (
            "charts/app/templates/pod.yaml:8:14: [floating-image-tag] "
            "Pod/release-name: container 'web' runs 'nginx', which has no tag and so means latest"
        ),
        ("charts/endless/templates: [render-limit-exceeded] templates: cannot be rendered: it takes longer than 2 s"),
    ]
    assert not report.crashed


@pytest.mark.parametrize("kind", ["timeout", "memory", "crash", "constraint"])
def test_a_chart_that_helm_cannot_render_is_given_to_its_lint_without_templates(kind: str) -> None:
    given = chart({"templates/a.yaml": "{{ range $i := 9000000000 }}{{ end }}", "templates/_b.tpl": "{{ 1 }}"})
    files = as_rendered(given, Failure(kind, "")).files
    assert {path: files[path] for path in sorted(files) if path.startswith("templates/")} == {
        "templates/_b.tpl": b"",
        "templates/a.yaml": b"",
    }
    assert as_rendered(given, Failure("render", "")) is given


def test_what_is_not_utf_8_is_refused_as_helm_refuses_it(engine: Embedded) -> None:
    given = chart({})
    latin = given._replace(files={**given.files, "templates/a.yaml": "{{/* é */}}\n\n# é\n".encode("latin-1")})
    report = lint([latin], engine=engine, settings=Settings(TAGS))
    values = given._replace(files={**given.files, "ci/x-values.yaml": "a: 1\nb: é\n".encode("latin-1")})
    meta = given._replace(files={**given.files, "Chart.yaml": f"{CHART}description: é\n".encode("latin-1")})
    assert told(lint([values, meta], engine=engine, settings=Settings(TAGS)).findings) == [
        (
            "charts/app/Chart.yaml:5:14: [chart-does-not-load] Chart.yaml: the chart does not load: cannot load "
            "Chart.yaml: error converting YAML to JSON: yaml: incomplete UTF-8 octet sequence"
        ),
        (
            "charts/app/ci/x-values.yaml:2:4: [broken-yaml] ci/x-values.yaml: is not YAML that Helm can read: "
            "contains bytes that are not UTF-8"
        ),
    ]
    assert told(report.findings) == [
        (
            "charts/app/templates/a.yaml:3: [broken-yaml] templates/a.yaml: renders text that is not YAML: "
            "contains bytes that are not UTF-8"
        )
    ]


def test_a_library_chart_is_not_rendered_and_no_fault(engine: Embedded) -> None:
    files = {
        "Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\ntype: library\n",
        "templates/_a.tpl": "{{ fail }}",
    }
    report = run(engine, files, Policy(Profile.BASELINE))
    assert (report.findings, report.scenarios) == ((), 0)


def test_a_rule_that_raises_is_a_finding_and_the_others_run(engine: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = catalogue.rule("duplicate-value")
    assert isinstance(rule, ChartRule)

    def fails(ctx: object) -> Iterator[object]:
        yield from ()
        raise KeyError("nothing there")

    monkeypatch.setattr(rule, "check", fails)
    files = {"templates/pod.yaml": POD, "values.yaml": "image: nginx\n"}
    report = run(engine, files, Policy(select=("duplicate-value", "floating-image-tag")))
    assert report.crashed
    assert [finding.rule for finding in report.findings] == ["rule-crashed", "floating-image-tag"]
    assert report.findings[0].message.startswith(
        "rule duplicate-value failed on the chart with KeyError: 'nothing there' ("
    )
    assert "this is a bug in chartgen (rule duplicate-value)" in report.findings[0].help


def test_the_texts_findings_point_into_come_with_the_report(engine: Embedded) -> None:
    files = {"templates/pod.yaml": POD, "values.yaml": "image: nginx\n", "templates/other.yaml": "# nothing\n"}
    assert run(engine, files).sources == {"charts/app/templates/pod.yaml": POD}


def test_the_circumstances_of_the_release_are_passed_on(engine: Embedded) -> None:
    files = {"templates/pod.yaml": POD, "values.yaml": "image: nginx\n"}
    (finding,) = run(engine, files, options=Options(release="shop")).findings
    assert finding.subject == "Pod/shop"


@pytest.mark.parametrize(
    ("policy", "message", "hint"),
    [
        (
            Policy(select=("floating-image-tg",)),
            "unknown rule 'floating-image-tg' in select",
            "did you mean 'floating-image-tag'?",
        ),
        (Policy(ignore=("zzz",)), "unknown rule 'zzz' in ignore", "'chartgen rules' lists all rules"),
        (Policy(severities={"imges": Severity.INFO}), "unknown rule 'imges' in severities", "did you mean 'images'?"),
    ],
)
def test_unknown_rules_are_refused(policy: Policy, message: str, hint: str, engine: Embedded) -> None:
    with pytest.raises(CannotDo) as caught:
        run(engine, {}, policy)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_group_can_be_selected_and_a_rule_left_out(engine: Embedded) -> None:
    files = {"templates/pod.yaml": POD, "values.yaml": "image: nginx\n"}
    found = {finding.rule for finding in run(engine, files, Policy(select=("images",))).findings}
    assert "floating-image-tag" in found
    assert {catalogue.rule(rule_id).group for rule_id in found} == {"images"}
    left = run(engine, files, Policy(select=("images",), ignore=("floating-image-tag",))).findings
    assert {finding.rule for finding in left} == found - {"floating-image-tag"}


def test_severities_can_be_changed(engine: Embedded) -> None:
    files = {"templates/pod.yaml": POD, "values.yaml": "image: nginx\n"}
    policy = Policy(select=("floating-image-tag",), severities={"floating-image-tag": Severity.INFO})
    assert [finding.severity for finding in run(engine, files, policy).findings] == [Severity.INFO]


def test_a_render_failure_can_only_be_left_out_by_name(engine: Embedded) -> None:
    assert run(engine, FAILING["template"], Policy(select=("images",), ignore=("template-fails",))).findings == ()


def test_what_helms_lint_says_of_a_chart_that_does_not_load_is_not_said_twice(engine: Embedded) -> None:
    files = {
        "Chart.yaml": "apiVersion: v2\nname: app\nversion: x.y\nappVersion: 1.0\n",
        "templates/a.yaml": "",
    }
    assert told(run(engine, files, Policy(select=("helm-lint", "unquoted-chart-version"))).findings) == [
        (
            "charts/app/Chart.yaml:3:1: [chart-does-not-load] Chart.yaml: the chart does not load: "
            'validation: chart.metadata.version "x.y" is invalid'
        ),
        "charts/app/Chart.yaml:4:13: [unquoted-chart-version] Chart.yaml: appVersion is the number 1, not text",
    ]
