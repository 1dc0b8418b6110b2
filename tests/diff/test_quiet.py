"""What looks like a break and is none, as public charts have shown."""

from __future__ import annotations

from chartgen.changes import Level
from chartgen.engine.api import Engine
from tests.diff.test_installs import JOB
from tests.diff.test_switches import compared, the, told


def test_a_finished_job_that_passes_by_itself_stops_no_later_upgrade(engine: Engine) -> None:
    lasting = the(compared(engine, {"templates/job.yaml": JOB}, {"templates/job.yaml": JOB}), "job-template-changed")
    passing = {
        "templates/job.yaml": JOB.replace("spec:\n  template", "spec:\n  ttlSecondsAfterFinished: 60\n  template")
    }
    found = the(compared(engine, passing, passing), "job-template-changed")
    assert (lasting.level, found.level) == (Level.MAJOR, Level.MINOR)
    assert "the finished Job may be gone by then" in found.message


def test_the_release_is_no_key_of_an_item(engine: Engine) -> None:
    head = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .name }}\n  labels:\n    release: X\n"
    text = f"{{{{- range .Values.secrets }}}}\n---\n{head}{{{{- end }}}}\n"
    values = {"values.yaml": "secrets: []\n"}
    wrong = {**values, "templates/a.yaml": text.replace("X", "{{ .Release.Name }}")}
    right = {**values, "templates/a.yaml": text.replace("X", "{{ $.Release.Name }}")}
    assert told(compared(engine, wrong, right), "values-item-reshaped") == []
    other = {**values, "templates/a.yaml": text.replace("X", "{{ .team }}")}
    assert told(compared(engine, other, right), "values-item-reshaped") == [("values.yaml", ())]
