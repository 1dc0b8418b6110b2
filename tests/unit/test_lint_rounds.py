"""For which Kubernetes charts are rendered and judged."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from chartgen.engine.api import Options
from chartgen.engine.embedded import Embedded
from chartgen.findings import Finding, Severity
from chartgen.kube.located import SchemaFiles
from chartgen.kube.releases import NEWEST, RECENT, releases
from chartgen.lint.rounds import Round, asks_for_version, rounds
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy
from tests.unit.lint_support import an_engine, chart, told

DEFAULT = Options(kube_version="1.36.0")
ASKS = "{{ .Capabilities.KubeVersion.Version }}"
CHART = 'apiVersion: v2\nname: app\nversion: 1.0.0\nkubeVersion: "{}"\n'


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("a: b", False),
        (ASKS, True),
        ("{{ $.Capabilities.KubeVersion.Minor }}", True),
        ("{{ with .Capabilities }}{{ .KubeVersion }}{{ end }}", True),
        ('{{ if .Capabilities.APIVersions.Has "policy/v1" }}', True),
        ('{{ if .Capabilities.APIVersions.Has "policy/v1/PodDisruptionBudget" }}', True),
        ('{{ if .Capabilities.APIVersions.Has "v1" }}', True),
        ('{{ if .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}', False),
        ('{{ if .Capabilities.APIVersions.Has "monitoring.coreos.com/v1/ServiceMonitor" }}', False),
        ("{{ .Capabilities.HelmVersion }}", True),
    ],
)
def test_what_may_render_something_else_elsewhere(text: str, asks: bool) -> None:
    assert asks_for_version(chart({"templates/a.yaml": text})) == asks


def test_what_a_readme_says_does_not_matter_but_packages_may_ask() -> None:
    assert not asks_for_version(chart({"README.md": ASKS}))
    assert asks_for_version(chart({"charts/a.tgz": ""}))


def test_a_chart_is_given_the_kinds_it_asks_for() -> None:
    asks = """
    {{ if .Capabilities.APIVersions.Has "policy/v1/PodDisruptionBudget" }}
    {{ if .Capabilities.APIVersions.Has ( "policy/v1beta1/PodSecurityPolicy" ) }}
    {{ if .Capabilities.APIVersions.Has "policy/v1" }}
    {{ if .Capabilities.APIVersions.Has "v1/Secret" }}
    {{ if .Capabilities.APIVersions.Has "monitoring.coreos.com/v1/ServiceMonitor" }}
    """
    (only,) = rounds(chart({"charts/sub/templates/_a.tpl": asks}), DEFAULT)
    assert only.apis == ("policy/v1/PodDisruptionBudget", "v1/Secret")


def test_without_a_wish_one_rendering_is_judged_for_all_that_is_supported() -> None:
    wide = chart({"Chart.yaml": CHART.format(">=1.30.0-0")})
    assert rounds(wide, DEFAULT) == (Round("1.36.0", releases(range(30, NEWEST + 1))),)
    assert rounds(chart({}), DEFAULT) == (Round("1.36.0", releases(RECENT)),)
    assert rounds(chart({"templates/a.yaml": ASKS}), DEFAULT) == (Round("1.36.0", releases([36])),)


def test_one_version_is_judged_alone() -> None:
    assert rounds(chart({}), Options(kube_version="1.31.2"), ["1.31.2"]) == (Round("1.31.2", releases([31])),)


def test_several_versions_share_a_rendering_where_they_can() -> None:
    asked = ["1.31.0", "1.34.2", "1.29.0"]
    options = Options(kube_version="1.31.0")
    assert rounds(chart({}), options, asked) == (Round("1.34.2", releases([29, 31, 34])),)
    assert rounds(chart({"templates/a.yaml": ASKS}), options, asked) == (
        Round("1.34.2", releases([34])),
        Round("1.31.0", releases([31]), "on 1.31"),
        Round("1.29.0", releases([29]), "on 1.29"),
    )
    assert rounds(chart({"Chart.yaml": CHART.format(">=1.30.0-0")}), options, asked) == (
        Round("1.34.2", releases([31, 34])),
        Round("1.29.0", releases([29]), "on 1.29"),
    )


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with an_engine() as engine:
        yield engine


SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: app
spec:
  trafficDistribution: PreferClose
  ports:
    - port: 80
"""
UNKNOWN = "charts/app/templates/a.yaml:6:3: [unknown-field] Service/app: unknown field 'trafficDistribution' in spec"


def found(
    engine: Embedded, files: dict[str, str], *versions: str, rule: str = "unknown-field", **settings: object
) -> tuple[Finding, ...]:
    wanted = Settings(
        Policy(select=(rule,)),
        options=Options(kube_version=versions[0] if versions else "1.36.0"),
        kube_versions=versions,
        **settings,  # type: ignore[arg-type]
    )
    return lint([chart(files)], engine=engine, settings=wanted).findings


def test_what_older_releases_lack_is_a_warning_that_names_them(engine: Embedded) -> None:
    files = {"templates/a.yaml": SERVICE, "Chart.yaml": CHART.format(">=1.28.0-0")}
    (finding,) = found(engine, files)
    assert told((finding,)) == [f"{UNKNOWN}, in Kubernetes 1.28 and 1.29"]
    assert finding.severity is Severity.WARNING


def test_what_a_release_lacks_that_was_named_is_an_error(engine: Embedded) -> None:
    (finding,) = found(engine, {"templates/a.yaml": SERVICE}, "1.29.0", "1.34.0")
    assert told((finding,)) == [f"{UNKNOWN}, in Kubernetes 1.29"]
    assert finding.severity is Severity.ERROR
    (finding,) = found(engine, {"templates/a.yaml": SERVICE}, "1.29.0")
    assert told((finding,)) == [UNKNOWN]


def test_each_release_is_judged_by_what_is_rendered_for_it(engine: Embedded) -> None:
    traffic = "  trafficDistribution: PreferClose\n"
    guarded = f'  {{{{- if semverCompare ">=1.30-0" .Capabilities.KubeVersion.Version }}}}\n{traffic}  {{{{- end }}}}\n'
    assert found(engine, {"templates/a.yaml": SERVICE.replace(traffic, guarded)}, "1.29.0", "1.34.0") == ()
    wrong = guarded.replace(">=1.30-0", "<1.30-0")
    (finding,) = found(engine, {"templates/a.yaml": SERVICE.replace(traffic, wrong)}, "1.29.0", "1.34.0")
    assert told((finding,))[0].endswith("in spec, in Kubernetes 1.29")
    assert finding.scenarios == ("default on 1.29",)


def test_one_fault_in_renderings_for_several_releases_is_one_finding(engine: Embedded) -> None:
    files = {
        "templates/a.yaml": SERVICE.replace("trafficDistribution: PreferClose", "sessionAfinity: None") + f"# {ASKS}"
    }
    (finding,) = found(engine, files, "1.29.0", "1.34.0")
    assert told((finding,))[0].endswith("unknown field 'sessionAfinity' in spec (did you mean 'sessionAffinity'?)")
    assert finding.scenarios == ("default", "default on 1.29")


CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {size: {type: integer}}}
"""
CLOSED = {"type": "object", "additionalProperties": False, "properties": {"size": {"type": ["integer", "null"]}}}
WIDGET = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {siz: 1}\n"
SIZE = "charts/app/templates/a.yaml:4:8: [unknown-field] Widget/a: unknown field 'siz' in spec (did you mean 'size'?)"


@pytest.mark.parametrize("place", ["crds/widget.yaml", "templates/crd.yaml"])
def test_the_charts_own_definitions_judge_its_custom_resources(engine: Embedded, place: str) -> None:
    assert told(found(engine, {"templates/a.yaml": WIDGET, place: CRD})) == [SIZE]
    assert found(engine, {"templates/a.yaml": WIDGET}) == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x/widget.yaml", CRD),
        ("x/all.yml", f"a: b\n---\n{CRD}"),
        ("example.com/widget_v1.json", json.dumps({"properties": {"spec": CLOSED}})),
        (
            "v1.34.0-standalone-strict/widget-example-v1.json",
            json.dumps({"properties": {"spec": {"$ref": "#/definitions/s"}}, "definitions": {"s": CLOSED}}),
        ),
    ],
)
def test_schemas_that_a_user_brings(engine: Embedded, path: str, text: str) -> None:
    schemas = SchemaFiles({path: text.encode})
    assert told(found(engine, {"templates/a.yaml": WIDGET}, schemas=schemas)) == [SIZE]
    good = WIDGET.replace("siz:", "size:")
    assert found(engine, {"templates/a.yaml": good}, schemas=schemas) == ()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "1",
        '{"$ref": "#"}',
        '{"properties": {"spec": {"$ref": "#/properties/spec"}}}',
        '{"anyOf": [{"$ref": "#"}, {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}]}',
    ],
)
def test_broken_schema_files_judge_nothing(engine: Embedded, text: str) -> None:
    schemas = SchemaFiles({"widget_v1.json": text.encode, "widget.yaml": b"a: [".upper})
    assert found(engine, {"templates/a.yaml": WIDGET}, schemas=schemas) == ()


def test_rules_in_cel_are_evaluated_with_defaults(engine: Embedded) -> None:
    pytest.importorskip("cel_expr_python")
    rule = (
        "{type: object,"
        " x-kubernetes-validations: [{rule: 'self.size >= self.min', message: too small, fieldPath: .size}],"
        " properties: {size: {type: integer}, min: {type: integer, default: 2}}}"
    )
    crd = CRD.replace("{type: object, properties: {size: {type: integer}}}", rule)
    widget = WIDGET.replace("{siz: 1}", "\n  size: 1")
    assert told(found(engine, {"templates/a.yaml": widget, "crds/w.yaml": crd}, rule="broken-schema-rule")) == [
        "charts/app/templates/a.yaml:5:9: [broken-schema-rule] Widget/a: spec.size: too small"
    ]
    fine = widget.replace("size: 1", "size: 1\n  min: 1")
    assert found(engine, {"templates/a.yaml": fine, "crds/w.yaml": crd}, rule="broken-schema-rule") == ()
