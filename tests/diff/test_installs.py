"""What only an installation renders concerns nobody who upgrades."""

from __future__ import annotations

import pytest

from chartgen.compare.installs import asks_how
from chartgen.engine.api import Engine
from tests.diff.test_switches import chart, compared, told

JOB = """
apiVersion: batch/v1
kind: Job
metadata:
  name: first-user
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: first-user
          image: "example/web:{{ .Chart.Version }}"
"""
CHANGED = "job-template-changed"


def when(condition: str, text: str = JOB) -> str:
    return f"{{{{- if {condition} }}}}{text}{{{{- end }}}}\n"


@pytest.mark.parametrize(
    "condition", [".Release.IsInstall", "not .Release.IsUpgrade", "(or $.Release.IsInstall .Values.force)"]
)
def test_a_job_of_the_installation_cannot_fail_to_change(engine: Engine, condition: str) -> None:
    files = {"templates/job.yaml": when(condition)}
    assert told(compared(engine, files, files), CHANGED) == []


def test_a_job_of_every_upgrade_can(engine: Engine) -> None:
    asking = {"templates/a.yaml": when(".Release.IsInstall", JOB.replace("first-user", "other"))}
    files = {**asking, "templates/job.yaml": JOB}
    assert told(compared(engine, files, files), CHANGED) == [("Job/first-user", ("default",))]


def test_a_job_that_only_the_new_chart_keeps_to_the_installation_goes(engine: Engine) -> None:
    old = {"templates/job.yaml": JOB}
    new = {"templates/job.yaml": when(".Release.IsInstall")}
    found = compared(engine, old, new)
    assert told(found, CHANGED) == []
    assert [one.subject for one in found.judged if one.judgement == "object-removed"] == ["Job/first-user"]


def test_a_chart_that_does_not_render_for_an_upgrade_is_compared_as_it_is_installed(engine: Engine) -> None:
    refusal = '{{- if .Release.IsUpgrade }}{{ fail "give the password" }}{{ end }}\n'
    files = {"templates/job.yaml": refusal + JOB}
    assert told(compared(engine, files, files), CHANGED) == [("Job/first-user", ("default",))]


def test_a_library_that_refuses_upgrades_without_a_cluster_is_not_told(engine: Engine) -> None:
    refusal = '{{- define "refuse" }}{{ if .Release.IsUpgrade }}{{ fail "give the password" }}{{ end }}{{ end }}\n'
    library = {"Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n", "templates/_a.tpl": refusal}
    files = {f"charts/lib/{path}": text for path, text in library.items()}
    files |= {"templates/job.yaml": when(".Release.IsInstall"), "templates/a.yaml": '{{ include "refuse" . }}'}
    assert told(compared(engine, files, files), CHANGED) == []


def test_an_old_default_is_not_said_to_change_what_only_an_installation_has(engine: Engine) -> None:
    files = {"templates/job.yaml": when(".Release.IsInstall", JOB.replace("{{ .Chart.Version }}", "{{ .Values.tag }}"))}
    found = compared(engine, {**files, "values.yaml": "tag: 1.0.0\n"}, {**files, "values.yaml": "tag: 1.1.0\n"})
    (one,) = (one for one in found.judged if one.judgement == "values-default-changed")
    assert "changes nothing that is rendered by default" in one.message


def test_only_what_a_template_asks_counts() -> None:
    assert asks_how(chart({"templates/_a.tpl": "{{ .Release.IsUpgrade }}"}))
    assert not asks_how(chart({"values.yaml": "a: .Release.IsUpgrade\n", "templates/a.yaml": "a: {{ .Release.Name }}"}))
