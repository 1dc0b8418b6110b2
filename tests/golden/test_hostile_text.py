"""Text of a spec comes out as that text in the object, whatever it looks like to YAML, Go templates or Kubernetes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chartgen import yamlwrite
from chartgen.chart.model import Chart
from chartgen.engine.api import Rendered
from chartgen.engine.objects import parse
from chartgen.generate.generate import generate
from chartgen.spec.load import read_spec
from chartgen.spec.model import Health, SecretUse
from chartgen.yamlread import read
from tests import kubernetes
from tests.golden.charts import Helm, chart, spec

TEXTS = {
    "action": "{{ .Values.secret }}",
    "comment": "{{/* gone */}} {{- trim -}}",
    "opening": "a {{ b",
    "closing": "a }} b",
    "many": "{{{{ }}}} {{{",
    "raw": '{{ "{{" }} {{`x`}}',
    "jinja": "<@ x @> <% if y %> <# z #> {% raw %} {# c #}",
    "quotes": 'it\'s "quoted" `ticked`',
    "backslash": "C:\\new\\table \\x41 \\u0041",
    "lines": "first\n  second\n\nlast\n",
    "crlf": "a\r\nb",
    "leading": "  lead",
    "trailing": "trail  ",
    "tab": "\tx\t",
    "reference": "$(A) $$(B) ${C} $D",
    "unicode": "é 漢字 🚀 \u00a0\u2028\u2029\ufeff\u200b",
    "yes": "yes",
    "on": "On",
    "tilde": "~",
    "null": "null",
    "octal": "0123",
    "octal2": "0o17",
    "hex": "0x1F",
    "float": "1e5",
    "sexagesimal": "12:30:45",
    "date": "2026-11-26",
    "big": "12345678901234567890",
    "inf": ".inf",
    "merge": "<<",
    "value": "=",
    "dash": "- a",
    "mapping": "a: b",
    "hash": "a #b",
    "anchor": "&a",
    "alias": "*a",
    "tag": "!!str x",
    "percent": "%x",
    "at": "@x",
    "flow": "{a: [b",
    "document": "---\na: b",
    "end": "...",
    "question": "? a",
    "pipe": "|",
    "fold": ">",
    "empty": "",
    "blank": " ",
    "newline": "\n",
}


def chart_of(**keys: Any) -> Chart:
    data = {"apiVersion": "chartgen/v1", "name": "app", "image": "ghcr.io/acme/app:1.0.0", **keys}
    return generate(read_spec(yamlwrite.dump(data).encode(), file="app.yaml"))


def find(helm: Helm, made: Chart, ref: str) -> Any:
    answer = helm.answer(made)
    assert isinstance(answer, Rendered), answer
    parsed = parse(answer.files)
    assert not parsed.bad
    return next(o.body for o in parsed.objects if ref in (o.kind, o.ref))


def pod(helm: Helm, made: Chart) -> Any:
    return find(helm, made, "Deployment")["spec"]["template"]


def test_env(helm: Helm) -> None:
    env = {f"V_{name.upper()}": text for name, text in TEXTS.items()}
    env["NEXT_LINE"] = "a\u0085b"  # which Helm's toYaml, used for lists and maps, turns into a blank
    found = pod(helm, chart_of(env=env))["spec"]["containers"][0]["env"]
    assert {e["name"]: e["value"] for e in found} == env
    assert [e["name"] for e in found] == list(env)


def test_args_and_command(helm: Helm) -> None:
    texts = list(TEXTS.values())
    container = pod(helm, chart_of(args=texts, command=["/bin/app", *texts]))["spec"]["containers"][0]
    assert container["args"] == texts
    assert container["command"] == ["/bin/app", *texts]


def test_annotations(helm: Helm) -> None:
    annotations = {f"example.com/{name}": text for name, text in TEXTS.items()}
    made = chart_of(annotations=annotations)
    assert pod(helm, made)["metadata"]["annotations"] == annotations
    assert find(helm, made, "Deployment")["metadata"]["annotations"] == annotations


@pytest.mark.parametrize("name", ["yes", "octal", "float", "date", "empty"])
def test_labels(name: str, helm: Helm) -> None:
    made = chart_of(labels={"example.com/label": TEXTS[name]})
    assert pod(helm, made)["metadata"]["labels"]["example.com/label"] == TEXTS[name]


def test_extra_objects_are_verbatim(helm: Helm) -> None:
    body = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "texts", "annotations": {"example.com/a": "{{ x }}"}},
        "data": dict(TEXTS),
    }
    custom = {
        "apiVersion": "example.com/v1",
        "kind": "Thing",
        "metadata": {"name": "thing"},
        "spec": {
            "whole": 12345678,
            "big": 9007199254740992,
            "part": 0.25,
            "no": False,
            "list": [[1], []],
            "map": {},
        },
    }
    made = chart_of(extra={"texts": body, "thing": custom})
    assert find(helm, made, "ConfigMap/texts") == body
    assert find(helm, made, "Thing") == custom


def test_an_extra_object_may_be_a_template_in_the_values(helm: Helm) -> None:
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-x\n"
    text = head + "data:\n  a: {{ .Chart.Name | quote }}\n"
    body = helm.find("minimal", "ConfigMap/r1-x", values={"extraObjects": {"x": text}})
    assert body["data"] == {"a": "shop"}


def test_a_description_is_text_everywhere() -> None:
    for text in TEXTS.values():
        if not text.strip():
            continue
        made = chart_of(description=text)
        assert read(made.text("Chart.yaml") or "").data["description"] == text


def test_the_hostile_spec(helm: Helm) -> None:
    workload = spec("hostile").workloads[0]
    template: Any = helm.find("hostile", "Deployment")["spec"]["template"]
    container = template["spec"]["containers"][0]
    assert tuple(container["args"]) == workload.args
    assert {e["name"]: e.get("value") for e in container["env"]} == {e.name: e.value for e in workload.env} | {
        "PASSWORD": None
    }
    assert container["readinessProbe"]["httpGet"]["path"] == '/health/{{y}}&z="q"'
    assert container["volumeMounts"][1]["mountPath"] == "/etc/{{x}}"
    assert template["spec"]["volumes"][1]["secret"]["secretName"] == "s.dotted-name"
    ingress: Any = helm.find("hostile", "Ingress")
    assert ingress["spec"]["rules"][0]["http"]["paths"][0]["path"] == "/a{b}"
    assert workload.ingress is not None
    assert ingress["metadata"]["annotations"].items() >= workload.ingress.annotations.items()
    test: Any = helm.find("hostile", "Pod")
    assert test["spec"]["containers"][0]["args"][-1] == 'http://r1-hostile:80/health/{{y}}&z="q"'
    assert helm.find("hostile", "ConfigMap/hostile-extra") == spec("hostile").extra["config"]


@pytest.mark.parametrize("word", ["true", "on", "no", "null", "1e5", "123", "0x1f"])
def test_releases_that_yaml_takes_for_something_else(word: str, helm: Helm) -> None:
    for o in helm.objects("podinfo", release=word):
        for version in kubernetes.VERSIONS[::3]:
            assert kubernetes.errors(version, dict(o.body)) == []
        if o.kind == "Deployment":
            template: Any = o.body["spec"]["template"]
            assert template["metadata"]["labels"]["app.kubernetes.io/instance"] == word


@pytest.mark.parametrize("word", ["true", "no", "y", "null"])
def test_names_that_yaml_takes_for_something_else(word: str, helm: Helm) -> None:
    """No spec has them today, but a chart must not depend on that."""
    data = spec("minimal")
    port = replace(data.workloads[0].ports[0], name=word)
    secret = SecretUse(word, mount="/etc/secret")
    workload = replace(data.workloads[0], name=word, component=word, ports=(port,), secrets=(secret,), health=Health())
    made = generate(replace(data, name=word, single=False, workloads=(workload,)))
    assert made.metadata["name"] == read(made.text("Chart.yaml") or "").data["name"] == word
    answer = helm.answer(made)
    assert isinstance(answer, Rendered), answer
    for o in parse(answer.files).objects:
        assert kubernetes.errors("1.36", dict(o.body)) == []


def test_no_text_of_the_spec_is_in_a_template_as_code() -> None:
    made = chart("hostile")
    for path in made.templates:
        assert ".Values.x" not in (made.text(path) or "").replace(".Values.x}", ""), path
        assert "{{y}}" not in (made.text(path) or "").replace('"/health/{{y}}&z=\\"q\\""', ""), path
