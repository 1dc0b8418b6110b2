"""What a fix may do, and what it may not: the proof, the places, the rounds."""

from __future__ import annotations

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.embedded import Embedded
from chartgen.lint.fix import fix
from chartgen.lint.scenarios import GivenValues
from tests.fix.support import difference, fixed, settings
from tests.unit.lint_support import chart

ESCALATION = "privilege-escalation-allowed"

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  containers:
    - name: web
      image: nginx:1.29.3
"""


def pods(security: str, values: str, **more: str) -> Chart:
    """A chart with one container whose template goes on with ``security``."""
    return chart({"templates/pod.yaml": POD + security, "values.yaml": values} | more)


def reasons(result: object) -> list[str]:
    return [dropped.reason for dropped in result.dropped]  # type: ignore[attr-defined]


PRINTED = "      securityContext: {{ toYaml .Values.s | nindent 8 }}\n"
GUARDED = """\
      {{- with .Values.securityContext }}
      securityContext:
        {{- toYaml . | nindent 8 }}
      {{- end }}
"""
SPELLED = "      securityContext:\n        allowPrivilegeEscalation: "


@pytest.mark.parametrize(
    ("security", "values", "expected"),
    [
        (PRINTED, "s: {a: 1}\n", "s: {a: 1, allowPrivilegeEscalation: false}\n"),
        (GUARDED, "{}\n", "securityContext:\n  allowPrivilegeEscalation: false\n"),
        (SPELLED + "{{ .Values.up }}\n", "up: true # once\n", "up: false # once\n"),
        (SPELLED + "{{ .Values.a.b | default true }}\n", "a: {}\n", None),
    ],
)
def test_a_value_is_changed_where_it_is_set(security: str, values: str, expected: str | None, engine: Embedded) -> None:
    before = pods(security, values)
    result = fixed(before, engine, ESCALATION)
    if expected is None:
        # ``default`` takes false for nothing, so that no value can do it, and the template is not guessed at.
        assert result.chart == before
        assert reasons(result)
        return
    assert result.chart.text("values.yaml") == expected
    assert result.files(before).keys() == {"values.yaml"}
    assert result.report.findings == ()


def test_a_template_that_spells_it_out_is_changed_itself(engine: Embedded) -> None:
    before = pods("      securityContext: {} # none yet\n", "{}\n")
    result = fixed(before, engine, ESCALATION)
    assert difference(before, result.chart).splitlines()[3:] == [
        "     - name: web",
        "       image: nginx:1.29.3",
        "-      securityContext: {} # none yet",
        "+      securityContext: # none yet",
        "+        allowPrivilegeEscalation: false",
    ]


def test_what_one_value_does_to_another_object_is_not_done(engine: Embedded) -> None:
    security = "      securityContext: {{ toYaml .Values.s | nindent 8 }}\n"
    allowance = "metadata:\n  annotations:\n    chartgen.dev/allow.privilege-escalation-allowed: it is setuid"
    other = POD.replace("}}\n", "}}-other\n", 1).replace("metadata:", allowance)
    before = pods(security, "s: {}\n", **{"templates/other.yaml": other + security})
    result = fixed(before, engine, ESCALATION)
    # Neither through the shared value nor in its own template, which would say it twice.
    assert result.chart == before
    assert reasons(result) == [
        "Pod/release-name-other would change at spec.containers[0].securityContext.allowPrivilegeEscalation"
    ]


def test_values_of_a_scenario_or_of_the_user_are_not_changed(engine: Embedded) -> None:
    security = "      securityContext:\n        allowPrivilegeEscalation: {{ .Values.up }}\n"
    before = pods(security, "up: false\n", **{"ci/up-values.yaml": "up: true\n"})
    assert reasons(fixed(before, engine, ESCALATION)) == ["up is set in ci/up-values.yaml"]
    before = pods(security, "up: false\n")
    given = settings(ESCALATION)._replace(values=(GivenValues("mine.yaml", {"up": True}),))
    result = fix(before, engine=engine, settings=given, unsafe=True)
    assert reasons(result) == ["up is set in mine.yaml"]
    assert result.chart == before


def test_a_dependency_is_changed_through_the_chart_s_own_values_only(engine: Embedded) -> None:
    security = "      securityContext: {{ toYaml .Values.s | nindent 8 }}\n"
    files = {
        "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
        "charts/sub/values.yaml": "s: {}\n",
        "charts/sub/templates/pod.yaml": POD + security,
    }
    result = fixed(chart(files | {"values.yaml": "# of others\nsub:\n  on: true\n"}), engine, ESCALATION)
    expected = "# of others\nsub:\n  on: true\n  s:\n    allowPrivilegeEscalation: false\n"
    assert result.chart.text("values.yaml") == expected
    files["charts/sub/templates/pod.yaml"] = POD
    before = chart(files)
    result = fixed(before, engine, ESCALATION)
    assert result.chart == before
    assert reasons(result) == ["its template belongs to a dependency"]


def test_a_digest_of_what_changed_may_change(engine: Embedded) -> None:
    digest = '{{ include (print $.Template.BasePath "/other.yaml") . | sha256sum }}'
    annotated = POD.replace("metadata:", f"metadata:\n  annotations:\n    checksum/other: {digest}")
    other = POD.replace("}}\n", "}}-other\n", 1)
    before = chart({"templates/pod.yaml": annotated, "templates/other.yaml": other})
    result = fixed(before, engine, ESCALATION)
    assert reasons(result) == []
    assert sorted(result.files(before)) == ["templates/other.yaml", "templates/pod.yaml"]


def test_what_is_random_is_not_held_against_a_fix(engine: Embedded) -> None:
    before = pods("      env:\n        - {name: SEED, value: {{ randAlphaNum 12 | quote }}}\n", "{}\n")
    result = fixed(before, engine, ESCALATION)
    assert len(result.done) == 1
    assert reasons(result) == []


def test_a_fix_that_would_bring_another_finding_is_not_made(engine: Embedded) -> None:
    before = pods("      securityContext:\n        privileged: true\n", "{}\n")
    result = fixed(before, engine, "privileged-container", "capabilities-not-dropped", unsafe=True)
    assert result.chart == before
    assert reasons(result)[0].startswith("it would bring capabilities-not-dropped: ")


def test_fixes_that_overlap_are_made_one_after_the_other(engine: Embedded) -> None:
    before = pods("", "{}\n")
    result = fixed(before, engine, ESCALATION, "capabilities-not-dropped", "runs-as-root", "writable-root-filesystem")
    assert len(result.done) == 4
    assert result.report.findings == ()
    assert result.chart.text("templates/pod.yaml") == POD.replace(
        "spec:\n", "spec:\n  securityContext:\n    runAsNonRoot: true\n"
    ).replace(
        "    - name: web\n",
        "    - name: web\n      securityContext:\n        capabilities:\n          drop:\n            - ALL\n"
        "        allowPrivilegeEscalation: false\n        readOnlyRootFilesystem: true\n",
    )


def test_without_unsafe_nothing_is_decided(engine: Embedded) -> None:
    before = pods("", "{}\n")
    result = fixed(before, engine, ESCALATION, "capabilities-not-dropped", unsafe=False)
    assert [finding.rule for finding in result.done] == [ESCALATION]
    assert [finding.rule for finding in result.waiting] == ["capabilities-not-dropped"]


def test_only_what_was_asked_for_is_fixed(engine: Embedded) -> None:
    before = pods("    - name: more\n      image: nginx:1.29.3\n", "{}\n")
    found = fix(before, engine=engine, settings=settings(ESCALATION), only=frozenset()).report.findings
    assert len(found) == 2
    only = frozenset({found[1].fingerprint})
    result = fix(before, engine=engine, settings=settings(ESCALATION), only=only)
    assert [finding.fingerprint for finding in result.report.findings] == [found[0].fingerprint]


def test_a_file_that_is_no_text_is_left_alone(engine: Embedded) -> None:
    before = pods("      securityContext: {{ toYaml .Values.s | nindent 8 }}\n", "s: {}\n")
    before = Chart.of({**before.files, "values.yaml": b"s: {} # caf\xe9\n"}, metadata=before.metadata)
    assert fixed(before, engine, ESCALATION).chart.files["values.yaml"] == b"s: {} # caf\xe9\n"


def test_a_value_that_is_a_template_is_not_written_as_what_it_rendered_to(engine: Embedded) -> None:
    template = POD.replace("nginx:1.29.3", "{{ tpl .Values.image . }}")
    before = chart({"templates/pod.yaml": template, "values.yaml": 'image: "k8s.gcr.io/{{ .Release.Name }}:1"\n'})
    result = fixed(before, engine, "frozen-image-registry")
    assert result.chart.text("values.yaml") == 'image: "registry.k8s.io/{{ .Release.Name }}:1"\n'
