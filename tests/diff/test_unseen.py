"""What no values of the old chart show: workloads behind a value that has to be set, and images that are refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from chartgen.changes import Certainty, DiffReport
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.diff.run import diff
from chartgen.engine.api import Engine

HOST = '{{- define "web.host" -}}{{ .Values.host }}{{- end -}}\n'


def chart(files: Mapping[str, str], version: str = "1.0.0") -> Chart:
    described = f"apiVersion: v2\nname: web\nversion: {version}\n"
    return Chart.of({**files, "Chart.yaml": described}, metadata=metadata(described.encode()))


def compared(
    engine: Engine, old: Mapping[str, str], new: Mapping[str, str], *, with_switches: bool = True
) -> DiffReport:
    found = diff(chart(old), chart(new, "1.1.0"), engine=engine, with_upgrade=True, with_switches=with_switches)
    assert not found.crashed, found.unjudged
    return found


def told(found: DiffReport, judgement: str) -> list[tuple[str, ...]]:
    """Under which values a judgement speaks; that the host is empty and set besides is for ``test_settings``."""
    scenarios = [one.scenarios for one in found.judged if one.judgement == judgement]
    return [one for one in scenarios if one != ("host=example-value",)]


def deployment(app: str, before: str = '{{- if include "web.host" . -}}\n', after: str = "{{- end }}\n") -> str:
    return (
        f"{before}apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n"
        f"    matchLabels: {{app: {app}}}\n  template:\n    metadata:\n      labels: {{app: {app}, pod: {app}}}\n"
        f'    spec:\n      containers:\n        - name: web\n          image: "web:1.0"\n{after}'
    )


def guarded(app: str, **parts: str) -> dict[str, str]:
    return {
        "values.yaml": 'host: ""\n',
        "templates/_helpers.tpl": HOST,
        "templates/deployment.yaml": deployment(app, **parts),
    }


def test_a_workload_that_waits_for_a_value_is_seen_and_what_it_asks_is_named(engine: Engine) -> None:
    found = compared(engine, guarded("web"), guarded("other"))
    assert told(found, "selector-changed") == [('include "web.host" .',)]
    (one,) = (one for one in found.judged if one.judgement == "selector-changed")
    assert one.new is not None
    assert (one.new.file, one.new.line) == ("templates/deployment.yaml", 7)
    assert [one.scenario for one in found.upgrades] == ["default"]


def test_only_what_is_known_to_render_is_looked_at_without_switches(engine: Engine) -> None:
    assert told(compared(engine, guarded("web"), guarded("other"), with_switches=False), "selector-changed") == []


@pytest.mark.parametrize(
    "parts",
    [
        {"before": "{{- if .Values.host }}\n", "after": "{{- else }}\n# none\n{{- end }}\n"},
        {"before": '{{- if include "web.host" . }}\n', "after": "{{- end }}\n{{- if .Values.more }}{{- end }}\n"},
    ],
)
def test_a_template_that_is_no_single_question_is_left_alone(engine: Engine, parts: Mapping[str, str]) -> None:
    assert told(compared(engine, guarded("web", **parts), guarded("other", **parts)), "selector-changed") == []


def test_comments_before_the_question_do_not_count_however_many_they_are(engine: Engine) -> None:
    licence = "{{- /* a line of a licence */ -}}\n" * 200
    for question, scenarios in (('if include "web.host" .', [('include "web.host" .',)]), ("with .Values.host", [])):
        before = f"{licence}{{{{- {question} -}}}}\n"
        found = compared(engine, guarded("web", before=before), guarded("other", before=before))
        assert told(found, "selector-changed") == scenarios


def test_of_two_questions_the_old_one_is_named(engine: Engine) -> None:
    new = guarded("other", before="{{- if and .Values.host .Values.port }}\n")
    assert told(compared(engine, guarded("web"), new), "selector-changed") == [('include "web.host" .',)]


def test_switches_are_turned_on_by_themselves(engine: Engine) -> None:
    old, new = (guarded(app, before="{{- if .Values.enabled }}\n") for app in ("web", "other"))
    old["values.yaml"] = new["values.yaml"] = "enabled: false\n"
    assert told(compared(engine, old, new), "selector-changed") == [("enabled=true",)]


def test_a_chart_that_runs_something_without_it_is_compared_as_it_is(engine: Engine) -> None:
    more = {"templates/more.yaml": deployment("more", before="", after="").replace("name: web", "name: more", 1)}
    found = compared(engine, {**guarded("web"), **more}, {**guarded("other"), **more})
    assert told(found, "selector-changed") == []


def test_what_does_not_render_so_is_not_told_of(engine: Engine) -> None:
    new = guarded("other", after='{{ required "a host is needed" .Values.host }}\n{{- end }}\n')
    found = compared(engine, guarded("web"), new)
    assert {one.judgement for one in found.judged} & {"selector-changed", "old-values-fail"} == set()


CHECK = (
    '{{- define "web.images" -}}{{- if ne .Values.image.registry "docker.io" -}}'
    '{{- fail "unrecognized image" -}}{{- end -}}{{- end -}}\n'
)
IMAGE = "image:\n  registry: docker.io\n  repository: web\nsidecar:\n  image: {registry: docker.io, repository: side}\n"


def imaged(check: str, notes: str) -> dict[str, str]:
    pod = deployment("web", before="", after="").replace(
        '"web:1.0"', '"{{ .Values.image.registry }}/{{ .Values.image.repository }}:1.0"'
    )
    return {
        "values.yaml": IMAGE,
        "templates/_helpers.tpl": check,
        "templates/NOTES.txt": notes,
        "templates/deployment.yaml": pod,
    }


def test_a_check_that_refuses_images_from_elsewhere_is_found(engine: Engine) -> None:
    found = compared(engine, imaged(CHECK, "Hello.\n"), imaged(CHECK, '{{ include "web.images" . }}Hello.\n'))
    (one,) = (one for one in found.judged if one.judgement == "old-values-fail")
    assert one.certainty is Certainty.LIKELY
    assert one.message.startswith(
        "values.yaml: with images from another registry, it renders with the old chart and fails with the new one: "
    )
    assert "unrecognized image" in one.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((CHECK, '{{ include "web.images" . }}'), (CHECK, '{{ include "web.images" . }}\nMore.')),
        ((CHECK, ""), (CHECK.replace("unrecognized", "unknown"), "")),
        (("", ""), (CHECK.replace("docker.io", "registry.example.com"), '{{ include "web.images" . }}')),
    ],
    ids=["as-before", "not-included", "accepts"],
)
def test_no_other_check_is(engine: Engine, before: tuple[str, str], after: tuple[str, str]) -> None:
    new = imaged(*after)
    if "registry.example.com" in after[0]:
        new["templates/_helpers.tpl"] = (
            after[0].replace("ne .Values", "eq .Values").replace("registry.example.com", "other.example.com")
        )
    found = compared(engine, imaged(*before), new)
    assert told(found, "old-values-fail") == []
    assert {one.judgement for one in found.judged} & {"image-tag-changed", "image-repository-changed"} == set()


def test_what_comes_from_a_repository_that_is_none_of_images_stays_where_it_is(engine: Engine) -> None:
    check = (
        '{{- define "web.backup" -}}{{- if not (hasPrefix "s3:" .Values.backup.repository) -}}'
        '{{- fail "no registry of backups" -}}{{- end -}}{{- end -}}\n'
    )
    values = {"values.yaml": f"{IMAGE}backup: {{repository: 's3:a/b'}}\n"}
    old, new = (imaged(check, notes) | values for notes in ("", '{{ include "web.backup" . }}'))
    assert told(compared(engine, old, new), "old-values-fail") == []


def container(name: str, image: str) -> str:
    mounted = "volumeMounts: [{name: data, mountPath: /data}]"
    return f"        - name: {name}\n          image: {image}\n          {mounted}\n"


@pytest.mark.parametrize(("first", "beside", "level"), [("2.0", "1.0", "major"), ("1.0", "2.0", "minor")])
def test_what_mounts_the_claim_of_the_container_before_it_keeps_no_data(
    engine: Engine, first: str, beside: str, level: str
) -> None:
    head, _ = deployment("web", "", "").replace("Deployment", "StatefulSet").split("        - name")
    claims = "  volumeClaimTemplates:\n    - metadata: {name: data}\n"
    old, new = (
        {"templates/web.yaml": f"{head}{container('web', f'web:{one}')}{container('sync', f'sync:{other}')}{claims}"}
        for one, other in (("1.0", "1.0"), (first, beside))
    )
    assert compared(engine, old, new).required.value == level
