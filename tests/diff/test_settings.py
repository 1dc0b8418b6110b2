"""What is empty by default and set by many: where templates read it otherwise, it is set, and what shows is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from chartgen.changes import DiffReport, Level
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.diff.run import diff
from chartgen.engine.api import Engine, Failure, Job, LintMessage, Rendered

NAME = "{{ .Values.nameOverride | default .Chart.Name }}"
LABELS = '{{ dict "app" .Chart.Name | merge .Values.podLabels | toYaml | nindent 6 }}'


def deployment(name: str = NAME, selector: str = "{app: web}", labels: str = LABELS) -> str:
    return (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  selector:\n"
        f"    matchLabels: {selector}\n  template:\n    metadata:\n      labels: {labels}\n"
        '    spec:\n      containers:\n        - name: web\n          image: "web:1.0"\n'
    )


def chart(template: str, values: str, version: str = "1.0.0") -> Chart:
    described = f"apiVersion: v2\nname: web\nversion: {version}\n"
    files = {"Chart.yaml": described, "values.yaml": values, "templates/a.yaml": template}
    return Chart.of(files, metadata=metadata(described.encode()))


def compared(engine: Engine, old: str, new: str, values: str, *, with_switches: bool = True) -> DiffReport:
    found = diff(chart(old, values), chart(new, values, "1.1.0"), engine=engine, with_switches=with_switches)
    assert not found.crashed, found.unjudged
    return found


def told(found: DiffReport) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.judgement, one.scenarios) for one in found.judged if one.level is Level.MAJOR and one.scenarios]


@pytest.mark.parametrize("default", ['""', "null"])
def test_a_name_that_is_no_longer_asked_for_renames_for_whoever_sets_it(engine: Engine, default: str) -> None:
    values = f"nameOverride: {default}\npodLabels: {{}}\n"
    other = NAME.replace("Values.nameOverride | default .Chart.Name", "Chart.Name")
    found = compared(engine, deployment(), deployment(other), values)
    assert ("object-renamed", ("nameOverride=example-value",)) in told(found)


def test_labels_in_a_selector_are_seen_though_none_are_by_default(engine: Engine) -> None:
    found = compared(engine, deployment(selector=LABELS), deployment(), "nameOverride: ''\npodLabels: {}\n")
    assert ("selector-changed", ("podLabels set",)) in told(found)


def test_what_is_read_alike_is_not_set(engine: Engine) -> None:
    more = deployment() + "          tty: true\n"
    found = compared(engine, deployment(), more, "nameOverride: ''\npodLabels: {}\n")
    assert found.scenarios == 1


def test_what_is_no_longer_empty_is_not_set(engine: Engine) -> None:
    old, new = deployment(), deployment(NAME.replace("default", "coalesce | default"))
    assert compared(engine, old, new, "nameOverride: web\npodLabels: {}\n").scenarios == 1


def test_nothing_is_set_where_only_what_somebody_has_is_compared(engine: Engine) -> None:
    values = "nameOverride: ''\npodLabels: {}\n"
    assert compared(engine, deployment(), deployment("web"), values, with_switches=False).scenarios == 1


PASSWORD = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\ndata:\n  password: {{ .Values.%s.password%s }}\n"


@pytest.mark.parametrize("is_encoded", [True, False])
def test_what_stands_behind_a_switch_is_set_with_the_switch(engine: Engine, is_encoded: bool) -> None:
    values = "login:\n  enabled: false\n  password: ''\n"
    old, new = (
        "{{- if .Values.login.enabled }}\n" + PASSWORD % ("login", encoded) + "{{- end }}\n"
        for encoded in ("", " | b64enc")
    )
    found = compared(engine, *((old, new) if is_encoded else (new, old)), values)
    assert [one.judgement for one in found.judged if one.level is Level.MAJOR] == ["values-effect-changed"]


@pytest.mark.parametrize(
    ("name", "others", "level"), [("web", "", Level.MAJOR), ("web", "web", Level.MINOR), ("api", "", None)]
)
def test_what_is_set_and_leaves_one_object_of_several_is_a_smaller_step(
    engine: Engine, name: str, others: str, level: Level | None
) -> None:
    """``podLabels`` of one workload were on another one too."""
    kept = deployment(name="other") if others else ""
    new = deployment() if name == "api" else deployment(labels="{app: web}")
    values = "nameOverride: ''\npodLabels: {}\n"
    found = compared(engine, f"{deployment()}---\n{kept}", f"{new}---\n{kept}# \n", values)
    levels = [one.level for one in found.judged if one.judgement == "values-effect-changed"]
    assert levels == ([level] if level else [])


def test_a_list_is_set_to_what_its_name_or_its_fields_say(engine: Engine) -> None:
    """Where nothing says what stands in a list, nothing is made up."""
    lines = (
        "a: {{ .Values.extraEnv | toJson }}",
        "b: {{ range .Values.routes }}{{ .to }}{{ end }}",
        "c: {{ .Values.x | toJson }}",
    )
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata:\n  t: |\n"
    texts = [f"{head}    {line}\n" for line in lines]
    template = "---\n".join(text.replace("name: web", f"name: web-{number}") for number, text in enumerate(texts))
    found = compared(engine, template, template.replace("t: |", "u: |"), "extraEnv: []\nroutes: []\nx: []\n")
    assert found.scenarios == 1
    changed = template.replace("toJson", "toYaml | quote").replace("{{ .to }}", "{{ .to }},")
    found = compared(engine, template, changed, "extraEnv: []\nroutes: []\nx: []\n")
    assert found.scenarios == 3


def test_what_a_default_changes_is_seen_beside_a_password_that_is_made_up(engine: Engine) -> None:
    """Two renderings differ in the password; that is no reason not to look at what else is different."""
    secret = "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: web-{{ randAlpha 5 | lower }}\n"
    template = deployment().replace("image: ", "tty: {{ .Values.tty }}\n          image: ") + secret
    old, new = (chart(template, f"nameOverride: web\npodLabels: {{}}\ntty: {tty}\n") for tty in ("true", "false"))
    flipped = [one.message for one in diff(old, new, engine=engine).judged if one.judgement == "values-default-flipped"]
    assert flipped == ["values.yaml: 'tty' is false by default and was true, which changes Deployment/web"]


def test_a_default_that_means_something_else_is_seen_behind_a_switch(engine: Engine) -> None:
    old, new = (
        "{{- if .Values.web.enabled }}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n"
        f"data:\n  path: {slash}{{{{ .Values.web.path }}}}\n{{{{- end }}}}\n"
        for slash in ("", "/")
    )
    charts = [
        chart(text, f"nameOverride: web\nweb:\n  enabled: false\n  path: {path}\n")
        for text, path in ((old, "/a"), (new, "a"))
    ]
    told = [one.message for one in diff(*charts, engine=engine).judged if one.judgement == "values-default-reread"]
    with_switch = 'with "/a" as before and web.enabled=true, ConfigMap/web is another (data.path)'
    assert told == [f"values.yaml: 'web.path' is read otherwise: {with_switch}"]


@pytest.mark.parametrize("image", ["web:1.1", "other:1.0"])
def test_an_image_that_is_another_for_everybody_is_taken_from_the_same_registry(engine: Engine, image: str) -> None:
    values = "nameOverride: web\npodLabels: {}\nregistry: ''\n"
    old, new = (
        deployment().replace('"web:1.0"', "{{ with .Values.registry }}{{ . }}/{{ end }}" + one)
        for one in ("web:1.0", image)
    )
    told = [one.judgement for one in compared(engine, old, new, values).judged]
    assert "values-effect-changed" not in told
    assert {"image-tag-changed", "image-repository-changed"} & set(told)


def test_what_the_old_chart_could_not_take_says_nothing(engine: Engine) -> None:
    """Items may be texts: a map is printed as Go prints it."""
    head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers: []\n  imagePullSecrets:\n"
    old = head + "{{- range .Values.pullSecrets }}\n    - name: {{ . | quote }}\n{{- end }}\n"
    new = head + '{{- range .Values.pullSecrets }}\n    - {{ if kindIs "map" . }}{{ toJson . }}{{ end }}\n{{- end }}\n'
    told = [one.judgement for one in compared(engine, old, new, "pullSecrets: []\n").judged]
    assert "values-effect-changed" not in told


def test_a_field_that_is_gone_for_everybody_is_not_told_of_by_what_was_set(engine: Engine) -> None:
    """The password comes by a file now, whoever made its Secret."""
    values = "nameOverride: web\npodLabels: {}\nexistingSecret: ''\n"
    secret = '{{ .Values.existingSecret | default "web" }}'
    variable = f"valueFrom: {{secretKeyRef: {{name: '{secret}', key: password}}}}"
    old = deployment() + f"          env:\n            - name: PASSWORD\n              {variable}\n"
    new = deployment() + f"      volumes:\n        - name: password\n          secret: {{secretName: '{secret}'}}\n"
    told = [one.judgement for one in compared(engine, old, new, values).judged]
    assert "values-effect-changed" not in told
    assert "process-changed" in told


class Clock:
    """An engine for which it is an hour later whenever it is asked to render."""

    name = "clock"
    identity = ""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._hour = 0

    def render(self, jobs: Iterable[Job]) -> Iterator[Rendered | Failure]:
        self._hour += 1
        for answer in self._engine.render(jobs):
            if isinstance(answer, Rendered):
                files = {path: text.replace("TIME", str(self._hour)) for path, text in answer.files.items()}
                yield answer._replace(files=files)
            else:
                yield answer

    def lint(self, jobs: Iterable[Job]) -> Iterator[tuple[LintMessage, ...] | Failure]:
        return self._engine.lint(jobs)

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        """It is somebody else's engine."""


def test_what_is_of_another_time_is_not_what_a_default_changes(engine: Engine) -> None:
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  tag: {{ .Values.tag }}\n"
    template = head + "  # {{ now }}\n  installed: TIME\n"
    old, new = (chart(template, f"tag: {tag}\n", version) for tag, version in (("a", "1.0.0"), ("b", "1.1.0")))
    told = {one.judgement for one in diff(old, new, engine=Clock(engine)).judged}
    assert "values-default-reread" not in told
    assert "values-default-changed" in told


def test_nothing_is_set_behind_a_dependency_that_is_not_there(engine: Engine) -> None:
    described = (
        "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n"
        "  - {name: cache, version: 1.0.0, repository: 'https://charts.example.com', condition: cache.enabled}\n"
    )
    values = "cache:\n  enabled: false\n  password: ''\n"
    charts = []
    for encoded in ("", " | b64enc"):
        files = {"Chart.yaml": described, "values.yaml": values, "templates/a.yaml": PASSWORD % ("cache", encoded)}
        charts.append(Chart.of(files, metadata=metadata(described.encode())))
    found = diff(*charts, engine=engine)
    assert found.scenarios == 1
    assert not found.crashed


@pytest.mark.parametrize("name", ["apiVersion", "kubeVersion"])
def test_a_version_of_an_api_is_not_made_up(engine: Engine, name: str) -> None:
    service = "apiVersion: {}\nkind: Service\nmetadata:\n  name: web\n"
    old, new = (service.format(one) for one in (f'{{{{ .Values.{name} | default "v1" }}}}', "v1"))
    assert compared(engine, old, new, f"{name}: ''\n").scenarios == 1
