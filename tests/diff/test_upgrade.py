"""What ``helm upgrade`` does in a cluster, object by object."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pytest_snapshot.plugin import Snapshot  # type: ignore[import-untyped]  # it ships no types

from chartgen.changes import DiffReport
from chartgen.chart.model import Chart
from chartgen.diff.run import diff
from chartgen.engine.api import Engine
from chartgen.report.upgrade import FORMATS, render_upgrade
from chartgen.resources import schema_text
from chartgen.upgrades import Fate, Upgrade

HERE = Path(__file__).parent


def _chart(version: str, **templates: str) -> Chart:
    """A chart of some templates, by name."""
    metadata = {"apiVersion": "v2", "name": "web", "version": version}
    files = {f"templates/{name}.yaml": text for name, text in templates.items()}
    lines = "".join(f"{key}: {value}\n" for key, value in metadata.items())
    return Chart.of({"Chart.yaml": lines, **files}, metadata=metadata, origin=version)


def _object(kind: str, name: str, rest: str = "", *, api: str = "v1", metadata: str = "") -> str:
    return f"apiVersion: {api}\nkind: {kind}\nmetadata:\n  name: {name}\n{metadata}{rest}"


def _workload(
    kind: str, name: str, *, image: str = "web:1.0", spec: str = "", pod: str = "", metadata: str = ""
) -> str:
    return _object(
        kind,
        name,
        f"spec:\n{spec}  selector:\n    matchLabels: {{app: {name}}}\n  template:\n    metadata:\n"
        f"      labels: {{app: {name}}}\n    spec:\n{pod}      containers: [{{name: {name}, image: '{image}'}}]\n",
        api="apps/v1",
        metadata=metadata,
    )


READS = "      volumes: [{name: config, configMap: {name: settings}}]\n"
VERSIONED = "  labels: {helm.sh/chart: 'web-{{ .Chart.Version }}'}\n"
KEEP = "  annotations: {helm.sh/resource-policy: keep}\n"
CRD = """apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
"""
HOOK = "  annotations: {helm.sh/hook: 'pre-upgrade,post-install', helm.sh/hook-weight: '-5'}\n"
TEST = "  annotations: {helm.sh/hook: test}\n"

OLD = _chart(
    "1.0.0",
    web=_workload("Deployment", "web", metadata=VERSIONED),
    reader=_workload("Deployment", "reader", pod=READS),
    db=_workload("StatefulSet", "db", spec="  serviceName: db\n"),
    settings=_object("ConfigMap", "settings", "data: {a: '1'}\n"),
    account=_object("ServiceAccount", "web", metadata=VERSIONED),
    login=_object("Secret", "login", "stringData: {password: hunter2, user: admin}\n"),
    gone=_object("Service", "old", "spec:\n  ports: [{port: 80}]\n"),
    kept=_object("ConfigMap", "kept", metadata=KEEP),
    same=_object("ConfigMap", "same", "data: {a: '1'}\n"),
    agent=_workload("Deployment", "agent"),
    probe=_object("Pod", "probe", "spec:\n  containers: [{name: probe, image: 'probe:1.0'}]\n", metadata=TEST),
)
NEW = _chart(
    "1.1.0",
    web=_workload("Deployment", "web", image="web:1.1", spec="  replicas: 2\n", metadata=VERSIONED),
    reader=_workload("Deployment", "reader", pod=READS),
    db=_workload("StatefulSet", "db", spec="  serviceName: db-headless\n"),
    settings=_object("ConfigMap", "settings", "data: {a: '2', b: '1'}\n"),
    account=_object("ServiceAccount", "web", metadata=VERSIONED),
    login=_object("Secret", "login", "data: {password: czNjcmV0, user: YWRtaW4=}\n"),
    same=_object("ConfigMap", "same", 'data:\n  a: "1"\n'),
    agent=_workload("DaemonSet", "agent"),
    fresh=_object("ConfigMap", "fresh"),
    migrate=_object("ConfigMap", "migrate", metadata=HOOK),
    crd=CRD,
)


@pytest.fixture(scope="module")
def report(engine: Engine) -> DiffReport:
    return diff(OLD, NEW, engine=engine, judgements=(), with_upgrade=True)


@pytest.fixture(scope="module")
def told(report: DiffReport) -> Upgrade:
    return report.upgrades[0]


@pytest.mark.parametrize("format_name", FORMATS)
def test_reads_as_it_was_found_good(format_name: str, report: DiffReport, snapshot: Snapshot) -> None:
    snapshot.snapshot_dir = HERE / "snapshots" / "upgrade"
    text = render_upgrade(report, format_name)
    if format_name == "json":
        text = json.dumps(json.loads(text)["upgrades"], indent=2) + "\n"
    snapshot.assert_match(text, f"upgrade.{format_name}")


def test_json_is_what_the_schema_describes(report: DiffReport) -> None:
    data = json.loads(render_upgrade(report, "json"))
    Draft202012Validator(json.loads(schema_text("report.v1"))).validate(data)
    assert data["upgrades"]


def test_what_is_in_secrets_is_not_shown(report: DiffReport) -> None:
    for format_name in FORMATS:
        text = render_upgrade(report, format_name)
        assert not any(secret in text for secret in ("hunter2", "s3cret", "czNjcmV0", "aHVudGVyMg"))
        assert "Secret/login" in text


def test_each_object_has_its_fate(told: Upgrade) -> None:
    assert {(one.fate, one.ref) for one in told.objects} == {
        (Fate.REFUSED, "StatefulSet/db"),
        (Fate.CREATED, "ConfigMap/fresh"),
        (Fate.CREATED, "DaemonSet/agent"),
        (Fate.CREATED, "CustomResourceDefinition/widgets.example.com"),
        (Fate.CHANGED, "Deployment/web"),
        (Fate.CHANGED, "ConfigMap/settings"),
        (Fate.CHANGED, "ServiceAccount/web"),
        (Fate.CHANGED, "Secret/login"),
        (Fate.DELETED, "Service/old"),
        (Fate.DELETED, "Deployment/agent"),
        (Fate.KEPT, "ConfigMap/kept"),
    }
    assert told.unchanged == 2


def test_pods_restart_for_what_is_in_their_template(told: Upgrade) -> None:
    assert [(one.ref, one.restarts) for one in told.restarted] == [
        ("Deployment/web", "spec.containers[name=web].image")
    ]


def test_what_reads_a_changed_configuration_and_goes_on_is_told(told: Upgrade) -> None:
    assert told.stale == ("Deployment/reader reads ConfigMap/settings, which changes, and is not restarted",)


def test_hooks_run_in_their_order_and_those_of_tests_do_not(told: Upgrade) -> None:
    assert [(one.ref, one.when, one.weight, one.is_new) for one in told.hooks] == [
        ("ConfigMap/migrate", "pre-upgrade", -5, True)
    ]


def test_nothing_is_said_of_a_chart_that_does_not_render(engine: Engine) -> None:
    broken = _chart("1.1.0", web="{{ fail `no` }}")
    for sides, name in (((OLD, broken), "new"), ((broken, OLD), "old")):
        found = diff(*sides, engine=engine, judgements=(), with_upgrade=True)
        assert f"the {name} chart does not render" in found.upgrades[0].failure
        assert "nothing can be said" in render_upgrade(found, "text")


def test_what_is_no_yaml_does_not_render(engine: Engine) -> None:
    """Helm sees it only after it has rendered the templates."""
    for text in ("a: [", "just text"):
        found = diff(OLD, _chart("1.1.0", web=text), engine=engine, judgements=(), with_upgrade=True)
        assert "the new chart does not render: templates/web.yaml: " in found.upgrades[0].failure
        told = render_upgrade(found, "text")
        assert "nothing can be said" in told
        assert "not compared" not in told
