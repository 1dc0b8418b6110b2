"""helm on PATH gives what the library gives: the same files, failures, objections and lint."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Job, LintMessage, Options, Rendered
from chartgen.engine.choose import open_engine
from chartgen.engine.command import HelmCommand
from chartgen.engine.embedded import Embedded
from chartgen.engine.helmprocess import Ended, Processes, run
from chartgen.engine.objects import is_manifest
from chartgen.errors import CannotDo, EngineError

from .engine_support import CHART_YAML, HELM, chart, failed, fixture, job, needs_helm, needs_library, rendered

SUB = {"charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n"}
MISSING = CHART_YAML + "dependencies: [{name: db, version: 1.0.0, repository: '', condition: db.enabled}]\n"

CHARTS: dict[str, tuple[Chart, dict[str, Any]]] = {
    "created": (fixture("created"), {}),
    "created-with-everything": (
        fixture("created"),
        {"ingress": {"enabled": True}, "autoscaling": {"enabled": True}, "httpRoute": {"enabled": True}},
    ),
    "umbrella": (fixture("umbrella"), {}),
    "umbrella-otherwise": (
        fixture("umbrella"),
        {"replicas": 1, "twin": {"enabled": False}, "extra": {"enabled": True}},
    ),
    "not-yaml": (chart("a: [\n", "b: 1\n"), {}),
    "nothing": (chart(), {}),
    "blank-ends": (chart("\n\na: 1\n\n\n", "b: 1\n---\n\n---\n"), {}),
    "fail": (chart("a: 1\nb: {{ fail `no` }}"), {}),
    "nil": (chart("a: {{ .Values.x.y.z }}"), {}),
    "parse-error": (chart("{{ nosuch }}"), {}),
    "failing-subchart": (chart("a: 1", **SUB, **{"charts/sub/templates/x.yaml": "{{ fail `sub` }}"}), {}),
    "schema": (chart("a: 1", **{"values.schema.json": '{"required": ["b"]}'}), {}),
    "schema-elsewhere": (chart("a: 1", **{"values.schema.json": '{"$ref": "https://schemas.example/x.json"}'}), {}),
    "no-version": (chart("a: 1", chart_yaml="apiVersion: v2\nname: c\n"), {}),
    "missing-but-off": (chart("a: 1", chart_yaml=MISSING), {"db": {"enabled": False}}),
    "missing": (chart("a: 1", chart_yaml=MISSING), {}),
    "library": (chart("a: 1", chart_yaml=CHART_YAML + "type: library\n"), {}),
    "too-new": (chart("a: 1", chart_yaml=CHART_YAML + "kubeVersion: '>=1.99'\n"), {}),
    "large-file": (chart("a: 1", **{"film.mp4": b"x" * (6 << 20)}), {}),
}


def comparable(answer: Rendered | Failure) -> object:
    """What both engines can know: helm prints neither notes nor files that came out blank."""
    if isinstance(answer, Failure):
        return answer
    files = {path: text.rstrip() for path, text in answer.files.items() if is_manifest(path) and text.strip()}
    return files, dict(answer.crds), answer.objections


@needs_helm
@needs_library
def test_both_engines_render_the_same() -> None:
    jobs = [Job(given, values) for given, values in CHARTS.values()]
    with Embedded(jobs=2) as embedded, HelmCommand(HELM, jobs=2) as command:
        for name, ours, theirs in zip(CHARTS, embedded.render(jobs), command.render(jobs), strict=True):
            assert comparable(theirs) == comparable(ours), name


@needs_helm
@needs_library
def test_both_engines_lint_the_same() -> None:
    names = [
        name for name in CHARTS if name != "large-file"
    ]  # copied whole for helm, which finds nothing wrong with it
    jobs = [Job(*CHARTS[name]) for name in names]
    with Embedded(jobs=2) as embedded, HelmCommand(HELM, jobs=2) as command:
        for name, ours, theirs in zip(names, embedded.lint(jobs), command.lint(jobs), strict=True):
            assert _sorted(theirs) == _sorted(ours), name


def _sorted(messages: tuple[LintMessage, ...] | Failure) -> object:
    return messages if isinstance(messages, Failure) else sorted(messages, key=str)


@needs_helm
@needs_library
@pytest.mark.parametrize(
    "expressions",
    [
        ("m.y=2",),
        ("a[1].q=7",),
        ("a[2].q=7",),
        ("a={x,y}",),
        ("a=1,m=2", "m=3"),
        ("m.x=null",),
        ("m.a\\.b=yes",),
        ("a[0]=x", "a[1].p={z}"),
        ("new.list[1].deep=1",),
    ],
    ids=",".join,
)
def test_set_gives_what_helm_gives(expressions: tuple[str, ...]) -> None:
    values = {"a": [{"p": 1, "q": 1}, {"p": 2, "q": 2}], "m": {"x": 1}}
    jobs = [Job(chart("v: {{ .Values | toJson }}"), values, expressions)]
    with Embedded(jobs=1) as embedded, HelmCommand(HELM, jobs=1) as command:
        (ours,), (theirs,) = embedded.render(jobs), command.render(jobs)
    assert rendered(ours).files == rendered(theirs).files


@needs_helm
def test_every_circumstance_is_a_parameter() -> None:
    template = (
        "v: {{ .Release.Name }} {{ .Release.Namespace }} {{ .Release.IsUpgrade }} {{ .Capabilities.KubeVersion }} "
        '{{ .Capabilities.APIVersions.Has "example.com/v1" }}'
    )
    options = Options("web", "shop", "1.30.2", ("example.com/v1",), is_upgrade=True)
    with HelmCommand(HELM) as command:
        (answer,) = command.render([Job(chart(template), options=options)])
    assert rendered(answer).files == {"templates/x.yaml": "v: web shop true v1.30.2 true"}


@needs_helm
def test_a_set_that_helm_cannot_read_is_the_user_s_mistake() -> None:
    with HelmCommand(HELM) as command, pytest.raises(CannotDo, match=r"^--set 'port': key \"port\" has no value$"):
        list(command.render([Job(chart("a: 1"), set_values=("port",))]))


@needs_helm
def test_deadly_charts_are_failures_and_the_others_are_rendered() -> None:
    hanging = '{{ $d := dict }}{{ $_ := set $d "me" $d }}{{ deepCopy $d }}'
    with HelmCommand(HELM, jobs=2, time_limit=4) as command:
        before, hangs, greedy, after = command.render(
            [job("before: 1"), job(hanging), job('{{ repeat 2000000000 "xxxxxxxxxx" }}'), job("after: 1")]
        )
    assert failed(hangs) == Failure("timeout", "it takes longer than 4 s")
    assert failed(greedy).kind in ("memory", "timeout")
    assert rendered(before).files == {"templates/x.yaml": "before: 1"}
    assert rendered(after).files == {"templates/x.yaml": "after: 1"}


def test_a_helm_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "helm"
    broken.write_text("no program")
    with HelmCommand(str(broken)) as command, pytest.raises(EngineError, match=r"^helm could not be started"):
        list(command.render([job("a: 1")]))


def test_a_helm_too_old_is_said(tmp_path: Path) -> None:
    old = tmp_path / "helm"
    old.write_text("#!/bin/sh\necho 'Error: unknown flag: --kube-version' >&2\nexit 1\n")
    old.chmod(0o755)
    with HelmCommand(str(old)) as command, pytest.raises(EngineError, match="is too old: unknown flag"):
        list(command.render([job("a: 1")]))


@needs_library
def test_auto_prefers_the_library() -> None:
    with open_engine() as engine:
        assert engine.name == "embedded"


def test_without_library_auto_takes_helm_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chartgen.engine.spawn.library", lambda: None)
    (tmp_path / "helm").write_text("#!/bin/sh\n")
    (tmp_path / "helm").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with open_engine() as engine:
        assert engine.name == "helm"


@pytest.mark.parametrize(("name", "message"), [("auto", "Helm is not installed"), ("helm", "there is no helm on PATH")])
def test_without_any_helm_it_says_what_to_install(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chartgen.engine.spawn.library", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError) as caught:
        open_engine(name)
    assert caught.value.message == message
    assert "https://helm.sh/docs/intro/install" in caught.value.hint


def test_an_engine_nobody_knows() -> None:
    with pytest.raises(CannotDo) as caught:
        open_engine("tiller")
    assert (caught.value.message, caught.value.hint) == (
        "unknown engine 'tiller'",
        "choose one of auto, embedded, helm",
    )


def test_a_helm_that_outlives_chartgen_ends_when_its_processor_time_is_used_up(tmp_path: Path) -> None:
    script = tmp_path / "helm"
    script.write_text("#!/bin/sh\nulimit -t\n")
    script.chmod(0o755)
    ended = run([str(script)], tmp_path, time_limit=3, processes=Processes())
    assert isinstance(ended, Ended)
    assert int(ended.output) == 3 * (os.cpu_count() or 1) + 1


@needs_helm
@needs_library
def test_an_endless_include_is_told_in_the_same_words() -> None:
    endless = job('{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}')
    with Embedded(jobs=1) as embedded, HelmCommand(HELM, jobs=1) as command:
        (ours,), (theirs,) = embedded.render([endless]), command.render([endless])
    assert ours == theirs
    assert failed(ours).message == (
        '<include "a" .>: error calling include: rendering template has a nested reference name: a: '
        "unable to execute template"
    )
