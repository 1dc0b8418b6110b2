"""What people allow, and what becomes of it."""

from collections.abc import Iterator

import pytest

from chartgen.engine.embedded import Embedded
from chartgen.findings import Report
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy
from tests.unit.lint_support import POD, an_engine, chart, told

RULES = ("floating-image-tag", "unused-suppression", "suppression-without-reason", "unknown-suppression")


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with an_engine() as engine:
        yield engine


def run(engine: Embedded, files: dict[str, str], *, select: tuple[str, ...] = RULES) -> Report:
    files = {"values.yaml": "image: nginx\n", **files}
    return lint([chart(files)], engine=engine, settings=Settings(Policy(select=select)))


def pod(*, comment: str = "", above: str = "", annotation: str = "") -> str:
    text = POD.replace("{{ .Values.image }}", "{{ .Values.image }}" + comment)
    text = text.replace("      image:", above + "      image:")
    return text.replace("spec:", f"  annotations:\n    {annotation}\nspec:") if annotation else text


@pytest.mark.parametrize(
    "allowing",
    [
        pod(comment=" # chartgen: allow floating-image-tag - a test image"),
        pod(comment=" {{/* chartgen: allow floating-image-tag - a test image */}}"),
        pod(above="      # chartgen: allow floating-image-tag - a test image\n"),
        pod(above="      {{- /* chartgen: allow floating-image-tag - a test image */}}\n"),
        pod(annotation='chartgen.dev/allow.floating-image-tag: "a test image"'),
    ],
)
def test_what_is_allowed_with_a_reason_is_kept_apart(allowing: str, engine: Embedded) -> None:
    report = run(engine, {"templates/pod.yaml": allowing})
    assert report.findings == ()
    assert [(one.rule, one.suppressed and one.suppressed.reason) for one in report.suppressed] == [
        ("floating-image-tag", "a test image")
    ]


def test_a_comment_in_values_allows_what_the_value_causes(engine: Embedded) -> None:
    files = {"templates/pod.yaml": POD, "values.yaml": "image: nginx # chartgen: allow floating-image-tag - mirrored\n"}
    report = run(engine, files)
    assert report.findings == ()
    assert [str(one.suppressed and one.suppressed.location) for one in report.suppressed] == [
        "charts/app/values.yaml:1:14"
    ]


def test_comments_in_the_values_of_several_environments_are_all_needed(engine: Embedded) -> None:
    allowed = "image: nginx # chartgen: allow floating-image-tag - mirrored\n"
    files = {
        "templates/pod.yaml": POD,
        "values.yaml": "image: nginx:1.2.0\n",
        "values-a.yaml": allowed,
        "values-b.yaml": f"# of b\n{allowed}",
        "values-c.yaml": f"image: nginx:1.3.0 {allowed.removeprefix('image: nginx ')}",
    }
    report = run(engine, files)
    assert [finding.scenarios for finding in report.suppressed] == [("values-a.yaml", "values-b.yaml")]
    assert [(finding.rule, finding.subject) for finding in report.findings] == [("unused-suppression", "values-c.yaml")]


def test_the_place_of_an_annotation_is_its_template_line(engine: Embedded) -> None:
    allowing = pod(annotation='chartgen.dev/allow.floating-image-tag: "a test image"')
    (finding,) = run(engine, {"templates/pod.yaml": allowing}).suppressed
    assert finding.suppressed is not None
    assert (str(finding.suppressed.location), finding.suppressed.kind) == (
        "charts/app/templates/pod.yaml:6:5",
        "annotation",
    )


def test_another_line_and_another_object_are_not_covered(engine: Embedded) -> None:
    other = POD.replace("{{ .Release.Name }}", "other")
    one = pod(annotation='chartgen.dev/allow.floating-image-tag: "a test image"')
    report = run(engine, {"templates/pod.yaml": one, "templates/other.yaml": other})
    assert [finding.subject for finding in report.findings] == ["Pod/other"]


@pytest.mark.parametrize(
    ("allowing", "place"),
    [
        (pod(comment=" # chartgen: allow floating-image-tag"), "charts/app/templates/pod.yaml:8:34"),
        (pod(annotation='chartgen.dev/allow.floating-image-tag: ""'), "charts/app/templates/pod.yaml:6:5"),
    ],
)
def test_without_a_reason_nothing_is_allowed(allowing: str, place: str, engine: Embedded) -> None:
    report = run(engine, {"templates/pod.yaml": allowing})
    assert report.suppressed == ()
    assert sorted(finding.rule for finding in report.findings) == ["floating-image-tag", "suppression-without-reason"]
    (about,) = (line for line in told(report.findings) if "suppression" in line)
    assert about.startswith(f"{place}: [suppression-without-reason] ")
    assert about.endswith("'floating-image-tag' is allowed without a reason, which has no effect")


@pytest.mark.parametrize(
    "allowing",
    [
        pod(comment=" # chartgen: allow floating-image-tag - why"),
        pod(annotation='chartgen.dev/allow.floating-image-tag: "why"'),
    ],
)
def test_what_allows_nothing_is_said_to(allowing: str, engine: Embedded) -> None:
    report = run(engine, {"templates/pod.yaml": allowing, "values.yaml": "image: nginx:1.2.0\n"})
    assert [finding.rule for finding in report.findings] == ["unused-suppression"]


def test_what_is_used_in_one_scenario_is_used(engine: Embedded) -> None:
    files = {
        "templates/pod.yaml": pod(comment=" # chartgen: allow floating-image-tag - why"),
        "values.yaml": "image: nginx:1.2.0\n",
        "ci/floating-values.yaml": "image: nginx\n",
    }
    report = run(engine, files)
    assert report.findings == ()
    assert [finding.scenarios for finding in report.suppressed] == [("ci/floating-values.yaml",)]


@pytest.mark.parametrize(
    "files",
    [
        {
            "templates/off.yaml": "{{ if .Values.on }}\n"
            + pod(comment=" # chartgen: allow floating-image-tag - y")
            + "{{ end }}"
        },
        {
            "templates/pod.yaml": pod(comment=" # chartgen: allow floating-image-tag - y"),
            "values.yaml": "image: nginx:1.2.0\n",
            "ci/bad-values.yaml": "image: {}\n",
            "templates/fails.yaml": '{{ if kindIs "map" .Values.image }}{{ fail "no" }}{{ end }}',
        },
    ],
    ids=["template not rendered", "scenario not rendered"],
)
def test_what_was_not_seen_is_not_called_unused(files: dict[str, str], engine: Embedded) -> None:
    assert "unused-suppression" not in [finding.rule for finding in run(engine, files).findings]


def test_a_rule_that_did_not_run_has_no_unused_allowance(engine: Embedded) -> None:
    files = {
        "templates/pod.yaml": pod(comment=" # chartgen: allow floating-image-tag - y"),
        "values.yaml": "image: a:1\n",
    }
    assert run(engine, files, select=("unused-suppression",)).findings == ()


def test_an_unknown_rule_is_said_with_the_nearest(engine: Embedded) -> None:
    allowing = pod(comment=" # chartgen: allow floating-image-tga - why")
    report = run(engine, {"templates/pod.yaml": allowing}, select=("unknown-suppression",))
    assert told(report.findings) == [
        (
            "charts/app/templates/pod.yaml:8:34: [unknown-suppression] templates/pod.yaml: "
            "unknown rule 'floating-image-tga' is allowed (did you mean 'floating-image-tag'?)"
        )
    ]


def test_findings_in_chart_files_are_allowed_there(engine: Embedded) -> None:
    values = "a: 1\na: 2 # chartgen: allow duplicate-value - shows the second wins\n"
    report = run(engine, {"values.yaml": values}, select=("duplicate-value", "unused-suppression"))
    assert report.findings == ()
    assert [finding.rule for finding in report.suppressed] == ["duplicate-value"]


@pytest.mark.parametrize(
    ("rule", "file", "text"),
    [
        ("missing-kube-version", "Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n# {}\n"),
        ("missing-values-schema", "values.yaml", "# {}\nimage: nginx:1.2.0\n"),
    ],
)
def test_what_a_whole_file_lacks_is_allowed_anywhere_in_it(rule: str, file: str, text: str, engine: Embedded) -> None:
    select = (rule, "unused-suppression", "suppression-without-reason")
    report = run(engine, {file: text.format(f"chartgen: allow {rule} - it does")}, select=select)
    assert report.findings == ()
    assert [(one.rule, one.suppressed and one.suppressed.reason) for one in report.suppressed] == [(rule, "it does")]
    unreasoned = run(engine, {file: text.format(f"chartgen: allow {rule}")}, select=select)
    assert sorted(one.rule for one in unreasoned.findings) == sorted([rule, "suppression-without-reason"])
