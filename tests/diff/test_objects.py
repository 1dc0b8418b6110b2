"""What counts as a difference between two renderings, and which object became which."""

from __future__ import annotations

import pytest

from chartgen.absent import ABSENT
from chartgen.chart.model import Chart
from chartgen.compare.comparison import Comparison
from chartgen.compare.fields import field_changes
from chartgen.compare.immutable import refused
from chartgen.compare.noise import Versions, is_same_name
from chartgen.compare.openapi import steps
from chartgen.compare.topics import topic
from chartgen.diff.areas import relevant
from chartgen.diff.renderings import render, values_of
from chartgen.diff.run import diff
from chartgen.engine.api import Engine


def _chart(text: str, version: str) -> Chart:
    metadata = {"apiVersion": "v2", "name": "web", "version": version}
    lines = "".join(f"{key}: {value}\n" for key, value in metadata.items())
    return Chart.of({"Chart.yaml": lines, "templates/all.yaml": text}, metadata=metadata)


def compared(engine: Engine, before: str, after: str, version: str = "1.1.0") -> Comparison:
    old, new = _chart(before, "1.0.0"), _chart(after, version)
    wanted, _ = values_of(old)
    return Comparison(*render(old, new, wanted, engine))


def dotted(both: Comparison) -> list[str]:
    return [change.dotted for pair in both.scenarios[0].pairs for change in pair.changes]


CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n"
SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n"
POD = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {a: b}}\n"
    "  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n        - name: web\n"
    "          image: web:1.0\n          "
)
OLD_INGRESS = """apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata:
  name: web
  annotations: {kubernetes.io/ingress.class: nginx}
spec:
  rules: [{http: {paths: [{path: /, backend: {serviceName: web, servicePort: 80}}]}}]
"""
NEW_INGRESS = """apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  ingressClassName: nginx
  rules:
    - http:
        paths:
          - {path: /, pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}
"""

SAME = {
    "a default written out": (POD + "args: [a]", POD + "args: [a]\n          imagePullPolicy: IfNotPresent"),
    "quantities": (
        POD + "resources: {limits: {cpu: 1, memory: 1Gi}}",
        POD + "resources: {limits: {cpu: 1000m, memory: 1024Mi}}",
    ),
    "the order of ports": (
        SERVICE + "    - {name: a, port: 1}\n    - {name: b, port: 2}\n",
        SERVICE + "    - {name: b, port: 2}\n    - {name: a, port: 1}\n",
    ),
    "the order of variables": (
        POD + "env: [{name: A, value: a}, {name: B, value: b}]",
        POD + "env: [{name: B, value: b}, {name: A, value: a}]",
    ),
    "a port that is no name": (
        SERVICE + "    - {port: 80, targetPort: 8080}\n",
        SERVICE + '    - {port: 80, targetPort: "8080", protocol: TCP}\n',
    ),
    "data and stringData": (
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\nstringData: {a: x}\n",
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\ntype: Opaque\ndata: {a: eA==}\n",
    ),
    "YAML in a file": (
        CONFIG + "data:\n  a.yaml: |\n    # why\n    b: 1\n    c: [x, z]\n",
        CONFIG + "data:\n  a.yaml: |\n    c:\n      - x\n      - 'z'\n    b: 1\n",
    ),
    "labels with the version": (
        CONFIG + "  labels: {helm.sh/chart: 'web-{{ .Chart.Version }}', v: '{{ .Chart.Version }}'}\n",
        CONFIG + "  labels: {helm.sh/chart: 'web-{{ .Chart.Version }}', v: '{{ .Chart.Version }}'}\n",
    ),
    "a checksum": (
        CONFIG + "  annotations: {checksum/config: aaaa}\n",
        CONFIG + "  annotations: {checksum/config: bbbb}\n",
    ),
    "what is random": (
        CONFIG + "data: {a: '{{ randAlphaNum 20 }}', b: x}\n",
        CONFIG + "data: {a: '{{ randAlphaNum 20 }}', b: x}\n",
    ),
    "the namespace of the release": (CONFIG, CONFIG + "  namespace: {{ .Release.Namespace }}\n"),
    "today's form of an Ingress": (OLD_INGRESS, NEW_INGRESS),
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_the_same_in_a_cluster_is_no_change(name: str, engine: Engine) -> None:
    assert [text for text in dotted(compared(engine, *SAME[name])) if text != "apiVersion"] == []


def test_what_differs_is_named_by_its_place(engine: Engine) -> None:
    before = POD + "args: [a, b]\n          env: [{name: A, value: a}]"
    after = POD + "args: [b, a]\n          env: [{name: A, value: b}, {name: B, value: b}]"
    at = "spec.template.spec.containers[name=web]"
    assert dotted(compared(engine, before, after)) == [f"{at}.args", f"{at}.env[name=A].value", f"{at}.env[name=B]"]


def test_a_label_with_the_version_is_a_change_in_a_selector(engine: Engine) -> None:
    text = POD.replace(
        "selector: {matchLabels: {a: b}}", "selector: {matchLabels: {helm.sh/chart: 'c-{{ .Chart.Version }}'}}"
    )
    (pair,) = compared(engine, text, text).scenarios[0].pairs
    assert [one.words for one in refused(pair)] == ["field is immutable"]


def test_a_name_that_others_refer_to_takes_its_mentions_along(engine: Engine) -> None:
    both = compared(engine, *_renamed())
    scenario = both.scenarios[0]
    assert [(pair.old.name, pair.new.name) for pair in scenario.renamed] == [("web-config", "web-settings")]
    assert dotted(both) == []
    assert any(pair.applied for pair in scenario.pairs)


def _renamed() -> tuple[str, str]:
    config = CONFIG.replace("name: web", "name: NAME") + "data: {a: x, b: y, c: z}\n"
    text = POD + "envFrom: [{configMapRef: {name: NAME}}]\n---\n" + config
    return text.replace("NAME", "web-config"), text.replace("NAME", "web-settings")


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("web-5d41402abc", "web-7d793037a0", True),
        ("web-1.0.0", "web-1.1.0", True),
        ("web-1-0-0-job", "web-1-1-0-job", True),
        ("web", "web-http", False),
        ("web-config", "web-face", False),
        ("5d41402abc", "7d793037a0", False),
    ],
)
def test_names_that_are_one_but_for_a_hash_or_the_version(old: str, new: str, same: bool) -> None:
    versions = Versions.of({"version": "1.0.0"}, {"version": "1.1.0"})
    assert is_same_name(old, new, versions) is same


def test_a_kind_that_took_the_place_of_another(engine: Engine) -> None:
    after = POD.replace("kind: Deployment", "kind: StatefulSet")
    scenario = compared(engine, POD, after).scenarios[0]
    assert [(pair.old.ref, pair.new.ref) for pair in scenario.replaced] == [("Deployment/web", "StatefulSet/web")]
    assert (scenario.removed, scenario.added, scenario.renamed) == ((), (), ())


def test_tests_are_left_out(engine: Engine) -> None:
    hook = CONFIG + "  annotations: {helm.sh/hook: test}\n"
    scenario = compared(engine, "", hook).scenarios[0]
    assert scenario.added == ()


def test_no_judgement_about_objects_is_asked_where_none_differs(engine: Engine) -> None:
    same, other = (compared(engine, CONFIG, text) for text in (CONFIG, CONFIG + "data: {a: x}\n"))
    assert not any(".objects." in type(one).__module__ for one in relevant(same))
    assert any(".objects." in type(one).__module__ for one in relevant(other))
    assert not any(".crds." in type(one).__module__ for one in relevant(other))


SCHEMAS = [
    ({"type": "integer"}, {"type": "number"}, "loosened"),
    ({"type": "integer"}, {"type": "string"}, "retyped"),
    ({"type": "string"}, {"x-kubernetes-int-or-string": True}, "loosened"),
    ({"type": "string", "enum": ["a", "b"]}, {"type": "string", "enum": ["a"]}, "narrowed"),
    ({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["a", "b"]}, "loosened"),
    ({"type": "string"}, {"type": "string", "pattern": "a"}, "narrowed"),
    ({"type": "string", "pattern": "a"}, {"type": "string"}, "loosened"),
    ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 2}, "narrowed"),
    ({"type": "integer", "maximum": 1}, {"type": "integer", "maximum": 2}, "loosened"),
    ({"type": "object"}, {"type": "object", "x-kubernetes-preserve-unknown-fields": True}, "loosened"),
    ({"type": "string", "description": "a"}, {"type": "string", "description": "b"}, ""),
]


@pytest.mark.parametrize(("old", "new", "kind"), SCHEMAS)
def test_what_a_schema_takes(old: object, new: object, kind: str) -> None:
    sides = ({"type": "object", "properties": {"a": side}} for side in (old, new))
    assert [(step.field, step.kind) for step in steps(*sides)] == ([("a", kind)] if kind else [])


def test_a_required_field_with_a_default_is_none() -> None:
    old = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string", "default": "x"}}}
    assert [(step.field, step.kind) for step in steps(old, old | {"required": ["a", "b"]})] == [("a", "required")]


@pytest.mark.parametrize("nonsense", [None, [], "text", {"type": 1, "properties": [], "required": {}, "enum": 3}])
def test_nonsense_in_a_schema_is_read(nonsense: object) -> None:
    list(steps(nonsense, {"type": "object"}))
    list(steps({"type": "object"}, nonsense))


def test_items_of_lists_without_names_are_matched_wherever_they_stand() -> None:
    before, after = (
        [{"verbs": ["get"]}, {"verbs": ["list"]}],
        [{"verbs": ["watch"]}, {"verbs": ["get"]}, {"verbs": ["list"]}],
    )
    (change,) = field_changes(before, after)
    assert (change.before, change.after, change.new.parts) == (ABSENT, {"verbs": ["watch"]}, (0,))


@pytest.mark.parametrize(
    ("kind", "path", "name"),
    [
        ("Deployment", ("spec", "template", "spec", "containers", "[name=web]", "image"), "image"),
        ("CronJob", ("spec", "jobTemplate", "spec", "template", "spec", "hostNetwork"), "host"),
        ("Deployment", ("spec", "template", "spec", "containers", "[name=a]", "ports", "[name=b]", "hostPort"), "host"),
        ("Service", ("spec", "ports", "[port=80]", "name"), "ports"),
        ("Deployment", ("spec", "template", "spec", "hostname"), "pod"),
        ("Widget", ("spec", "replicas"), "other"),
    ],
)
def test_what_a_field_is_about(kind: str, path: tuple[str, ...], name: str) -> None:
    assert topic(kind, path) == name


def test_a_dependency_that_was_not_fetched_is_left_out_on_both_sides(engine: Engine) -> None:
    """One side has it, the other does not: what it renders is not gone, and the rest is compared."""
    metadata = {"apiVersion": "v2", "name": "web", "version": "1.0.0"} | {"dependencies": [{"name": "db"}]}
    lines = "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: db, version: 1.0.0}]\n"
    below = {
        "charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
        "charts/db/templates/a.yaml": CONFIG.replace("web", "db"),
    }
    before = Chart.of({"Chart.yaml": lines, "templates/a.yaml": CONFIG, **below}, metadata=metadata)
    after = Chart.of({"Chart.yaml": lines, "templates/a.yaml": CONFIG + "data: {a: x}\n"}, metadata=metadata)
    report = diff(before, after, engine=engine)
    assert "what db would render is not compared: missing in charts/, run 'helm dependency build'" in report.unjudged
    subjects = {one.subject for one in report.judged}
    assert "ConfigMap/web" in subjects
    assert "ConfigMap/db" not in subjects


def test_a_chart_that_cannot_do_without_a_dependency_says_which(engine: Engine) -> None:
    metadata = {"apiVersion": "v2", "name": "web", "version": "1.0.0"} | {"dependencies": [{"name": "lib"}]}
    lines = "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: lib, version: 1.0.0}]\n"
    chart = Chart.of({"Chart.yaml": lines, "templates/a.yaml": "{{ include `lib.x` . }}"}, metadata=metadata)
    report = diff(chart, chart, engine=engine)
    assert any("missing in charts/ directory: lib" in text for text in report.unjudged)
