"""Plain manifests, judged without a chart and without Helm."""

from textwrap import dedent

import pytest

from chartgen.engine.api import Options
from chartgen.errors import CannotDo
from chartgen.findings import Report
from chartgen.lint.manifests import joined, lint_manifests
from chartgen.lint.run import Settings
from chartgen.policy.model import Policy
from chartgen.rules.base import Profile
from tests.unit.lint_support import told

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: web
      image: nginx
"""


def run(*texts: str, select: tuple[str, ...] = ("floating-image-tag",), options: Options = Options()) -> Report:
    files = {f"{index}.yaml": dedent(text).encode() for index, text in enumerate(texts, 1)}
    return lint_manifests(files, settings=Settings(Policy(select=select), options=options))


def test_a_place_is_where_it_is_written_with_its_end() -> None:
    report = run("---\n# a comment\n---\n" + POD)

    (finding,) = report.findings
    where = finding.primary
    assert (where.file, where.line, where.column, where.end_line, where.end_column) == ("1.yaml", 11, 14, 11, 19)
    assert where.exact
    assert (finding.chart, finding.scenarios, report.files, report.charts) == ("1.yaml", (), ("1.yaml",), ())
    assert report.sources["1.yaml"].endswith("image: nginx\n")


def test_what_is_missing_points_to_the_item_that_lacks_it() -> None:
    assert told(run(POD, select=("missing-memory-limit",)).findings) == [
        "1.yaml:7:7: [missing-memory-limit] Pod/app: container 'web' has no memory limit"
    ]


def test_all_files_are_one_set_of_objects() -> None:
    service = """\
    apiVersion: v1
    kind: Service
    metadata: {name: app}
    spec:
      selector: {app: web}
      ports: [{port: 80}]
    """
    pod = POD.replace("  name: app\n", "  name: app\n  labels: {app: web}\n")
    other = POD.replace("  name: app\n", "  name: app\n  labels: {app: other}\n")

    assert run(service, pod, select=("service-selects-nothing",)).findings == ()
    assert len(run(service, other, select=("service-selects-nothing",)).findings) == 1
    assert run(service, other, select=("service-selects-nothing",)).objects == 2


def test_objects_of_one_namespace_are_at_home_there() -> None:
    texts = [
        """\
        apiVersion: v1
        kind: Service
        metadata: {name: app, namespace: shop}
        spec:
          selector: {app: web}
          ports: [{port: 80}]
        """,
        POD.replace("  name: app\n", "  name: app\n  namespace: shop\n"),
    ]

    assert len(run(*texts, select=("service-selects-nothing",)).findings) == 1
    assert run(*texts, select=("service-selects-nothing",), options=Options(namespace="other")).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        POD.replace("nginx", "nginx # chartgen: allow floating-image-tag - a test"),
        POD.replace("  name: app\n", "  name: app\n  annotations: {chartgen.dev/allow.floating-image-tag: a test}\n"),
    ],
    ids=["comment", "annotation"],
)
def test_what_is_allowed_is_set_apart(text: str) -> None:
    report = run(text)

    assert report.findings == ()
    (finding,) = report.suppressed
    assert finding.suppressed
    assert finding.suppressed.reason == "a test"
    assert finding.suppressed.location.line


def test_an_allowance_may_be_for_a_rule_about_charts() -> None:
    text = "# chartgen: allow undocumented-value - rendered away\n" + POD.replace("nginx", "nginx:1.27.1")

    assert run(text, select=("floating-image-tag", "unused-suppression", "undocumented-value")).findings == ()


def test_a_json_file_is_yaml() -> None:
    head = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},'
    text = f'{head}\n "spec": {{"containers": [{{"name": "b", "image": "c"}}]}}}}'

    assert [str(finding.primary) for finding in run(text).findings] == ["1.yaml:2:49"]


def test_documents_that_are_no_objects_are_found_and_hide_nothing() -> None:
    report = run("a: [\n---\n- x\n---\nkind: List\n---\n" + POD)

    assert [f"{finding.primary} {finding.rule}" for finding in report.findings] == [
        "1.yaml:2:1 broken-yaml",
        "1.yaml:3:1 not-an-object",
        "1.yaml:5:1 not-an-object",
        "1.yaml:14:14 floating-image-tag",
    ]
    assert [(finding.message, finding.help) for finding in report.findings[:3]] == [
        ("1.yaml: is not YAML: did not find expected node content while parsing a flow node", ""),
        ("1.yaml: holds a list where an object is expected", "put objects only, separated by lines of '---'"),
        ("1.yaml: holds an object without apiVersion", "set 'apiVersion'"),
    ]


def test_bytes_that_are_no_text_are_a_finding() -> None:
    report = lint_manifests({"x.yaml": b"a: \xff\n"})

    assert [finding.rule for finding in report.findings] == ["broken-yaml"]


def test_a_namespace_of_a_manifest_is_no_fault() -> None:
    text = POD.replace("  name: app\n", "  name: app\n  namespace: shop\n")
    twice = text + "---\n" + text.replace("shop", "other").replace("name: app", "name: two")

    report = lint_manifests({"x.yaml": twice.encode()}, settings=Settings(Policy(Profile.STRICT)))

    assert "hard-coded-namespace" not in {finding.rule for finding in report.findings}


def test_an_app_spec_is_no_manifest() -> None:
    with pytest.raises(CannotDo, match=r"'1\.yaml' is an app spec") as raised:
        run("apiVersion: chartgen/v1\nname: shop\n")
    assert raised.value.hint == "'chartgen validate 1.yaml' judges it"


def test_equal_objects_of_two_files_are_told_apart() -> None:
    findings = run(POD, POD).findings

    assert [finding.chart for finding in findings] == ["1.yaml", "2.yaml"]
    assert len({finding.fingerprint for finding in findings}) == 2


def test_reports_are_joined_in_order() -> None:
    one, two = (
        run(POD),
        lint_manifests({"0.yaml": POD.encode()}, settings=Settings(Policy(select=("floating-image-tag",)))),
    )

    both = joined([one, two])

    assert [finding.primary.file for finding in both.findings] == ["0.yaml", "1.yaml"]
    assert (both.files, both.objects, sorted(both.sources)) == (("1.yaml", "0.yaml"), 2, ["0.yaml", "1.yaml"])
