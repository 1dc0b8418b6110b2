"""Where the rules about Chart.yaml, hooks and schedules draw their lines: cases too many for their pages."""

from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.cron import fault
from chartgen.engine.objects import parse
from chartgen.rules import catalogue
from chartgen.rules.base import ChartContext, ChartRule, ObjectRule, ScenarioContext, ScenarioRule
from chartgen.rules.chart._urls import is_email, is_request_url, is_url
from chartgen.yamlwrite import dump

METADATA = {"apiVersion": "v2", "name": "app", "version": "1.0.0"}


def of_chart(rule_id: str, metadata: dict[str, Any], files: dict[str, str] | None = None) -> list[str]:
    """What a rule about the chart says of a Chart.yaml and some other files."""
    rule = catalogue.rule(rule_id)
    assert isinstance(rule, ChartRule)
    data = METADATA | metadata
    chart = Chart.of({"Chart.yaml": dump(data)} | (files or {}), metadata=data)
    return [found.message for found in rule.check(ChartContext(chart))]


def of_objects(rule_id: str, *bodies: dict[str, Any]) -> list[str]:
    """What a rule about objects says of some, rendered together."""
    rule = catalogue.rule(rule_id)
    files = {f"templates/{number}.yaml": dump(body) for number, body in enumerate(bodies)}
    ctx = ScenarioContext(ChartContext(Chart.of({})), "default", parsed=parse(files))
    assert not ctx.bad
    if isinstance(rule, ScenarioRule):
        return [found.message for found in rule.check(ctx)]
    assert isinstance(rule, ObjectRule)
    seen = [obj for obj in ctx.objects if not rule.kinds or obj.kind in rule.kinds]
    return [found.message for obj in seen for found in rule.check(obj, ctx)]


@pytest.mark.parametrize(
    ("schedule", "is_valid"),
    [
        ("0 3 * * *", True),
        ("*/15 9-17 1,15 jan-jun MON-FRI", True),
        ("0 0 ? * 6", True),
        ("@hourly", True),
        ("@every 1h30m", True),
        ("0 3 * *", False),
        ("0 0 3 * * *", False),
        ("60 3 * * *", False),
        ("0 3 0 * *", False),
        ("0 3 * 13 *", False),
        ("0 3 * * 7", False),
        ("0 3 * * fry", False),
        ("0 3 L * *", False),
        ("*/0 3 * * *", False),
        ("0 17-9 * * *", False),
        ("@sometimes", False),
        ("@every day", False),
        ("TZ=UTC 0 3 * * *", False),
        ("", False),
    ],
)
def test_schedules(schedule: str, is_valid: bool) -> None:
    assert (fault(schedule) == "") is is_valid, fault(schedule)


@pytest.mark.parametrize(
    ("address", "is_valid"),
    [
        ("ann@example.com", True),
        ("ann+charts@mail.example.co.uk", True),
        ("ann@localhost", False),
        ("ann at example.com", False),
        (".ann@example.com", False),
        ("ann..b@example.com", False),
    ],
)
def test_addresses(address: str, is_valid: bool) -> None:
    assert is_email(address) is is_valid


def test_links() -> None:
    assert is_request_url("https://example.com/a b") is False
    assert is_request_url("example.com/ann") is False
    assert is_url("example.com/ann")
    assert is_url("https://example.com")
    assert not is_url("ann")


@pytest.mark.parametrize(
    ("version", "is_bounded"),
    [
        ("^1.2.0", True),
        ("~1", True),
        ("1.x.x", True),
        ("1.2.3", True),
        (">=1.0.0 <2.0.0", True),
        ("1.0.0 - 2.0.0", True),
        ("*", False),
        (">=1.0.0", False),
        (">1.0.0 || 0.9.0", False),
        ("", False),
        ("x", False),
    ],
)
def test_bounds_of_dependencies(version: str, is_bounded: bool) -> None:
    dependency = {"name": "redis", "version": version, "repository": "oci://registry.example.com/charts"}
    assert bool(of_chart("unbounded-dependency", {"dependencies": [dependency]})) is not is_bounded
    assert not of_chart("unbounded-dependency", {"dependencies": [dependency | {"repository": "file://../redis"}]})


@pytest.mark.parametrize(
    ("kube_version", "is_open"),
    [
        (">=1.28.0-0", True),
        (">=1.28.0-0 <1.40.0-0", True),
        ("^1.28.0-0", True),
        (">=1.28.0", False),
        ("1.28.x", False),
        ("not a range", True),  # chart-refused says it
        ("", True),
    ],
)
def test_managed_clusters(kube_version: str, is_open: bool) -> None:
    assert bool(of_chart("kube-version-without-prerelease", {"kubeVersion": kube_version})) is not is_open


def test_a_lock_file_is_checked_as_helm_does() -> None:
    """The digest is the one that 'helm dependency update' of Helm 4.3 wrote for a chart like this one."""
    dependency = {
        "name": "lib",
        "version": ">=1.0.0 <2",
        "repository": "file://../lib",
        "condition": "lib.enabled",
        "tags": ["x", "a<b"],
        "alias": "libby",
        "import-values": ["data", {"parent": "p", "child": "c&d"}],
    }
    locked = {"name": "lib", "repository": "file://../lib", "version": "1.2.3"}
    digest = "sha256:d414e9fdcb028d6b8ef421f9bc277633081e7908e15d0e73212aafd6040883c5"
    lock = dump({"dependencies": [locked], "digest": digest, "generated": "2026-01-01T00:00:00Z"})
    assert not of_chart("stale-chart-lock", {"dependencies": [dependency]}, {"Chart.lock": lock})
    changed = [dependency | {"condition": "lib.enable"}]
    assert of_chart("stale-chart-lock", {"dependencies": changed}, {"Chart.lock": lock}) == [
        "Chart.lock: does not belong to the dependencies in Chart.yaml"
    ]
    by_alias = [dependency | {"repository": "@libs", "condition": "lib.enable"}]
    assert not of_chart("stale-chart-lock", {"dependencies": by_alias}, {"Chart.lock": lock})


@pytest.mark.parametrize(
    ("text", "reads_nothing"),
    [
        ('{{ .Files.Get "a.txt" }}', True),
        ('{{ $.Files.Lines "a.txt" }}', True),
        ("{{ .Files.Get `a.txt` }}", True),
        ('{{ .Files.Get "b.txt" }}', False),
        ('{{ .Files.Get "values.yaml" }}', True),
        ('{{ with .Files.Get "a.txt" }}{{ . }}{{ end }}', False),
        ('{{ .Files.Get "a.txt" | default "none" }}', False),
        ('{{/* .Files.Get "a.txt" */}}', False),
        ('{{ .Files.Get (printf "%s.txt" .Values.name) }}', False),
    ],
)
def test_files_of_templates(text: str, reads_nothing: bool) -> None:
    found = of_chart("file-not-in-chart", {}, {"templates/a.yaml": text, "b.txt": "x", "values.yaml": ""})
    assert bool(found) is reads_nothing


@pytest.mark.parametrize(
    ("pattern", "is_needed"),
    [
        ("*.md", False),
        ("values.yaml", True),
        ("*.yaml", True),
        ("templates/", True),
        ("/templates", True),
        ("!Chart.yaml", True),
        ("ci/", False),
        ("templates/*.bak", False),
        ("*.txt", True),
        ("# values.yaml", False),
    ],
)
def test_ignored_files(pattern: str, is_needed: bool) -> None:
    assert bool(of_chart("needed-file-ignored", {}, {".helmignore": f"{pattern}\n"})) is is_needed


def hook(kind: str, name: str, events: str, weight: str = "", **spec: Any) -> dict[str, Any]:
    annotations = {"helm.sh/hook": events} | ({"helm.sh/hook-weight": weight} if weight else {})
    body = {"metadata": {"name": name, "annotations": annotations if events else {}}}
    api = "batch/v1" if kind == "Job" else "v1"
    return {"apiVersion": api, "kind": kind} | body | ({"spec": spec} if spec else {})


def job(events: str, name: str = "migrate", weight: str = "") -> dict[str, Any]:
    container = {"name": "migrate", "image": "example/web:1.0.0", "envFrom": [{"configMapRef": {"name": "settings"}}]}
    return hook("Job", name, events, weight, template={"spec": {"restartPolicy": "Never", "containers": [container]}})


@pytest.mark.parametrize(
    ("user", "used", "is_missing"),
    [
        (job("pre-install"), hook("ConfigMap", "settings", ""), True),
        (job("pre-upgrade"), hook("ConfigMap", "settings", ""), False),
        (job("post-install"), hook("ConfigMap", "settings", ""), False),
        (job("post-delete"), hook("ConfigMap", "settings", ""), True),
        (job("post-delete"), hook("ConfigMap", "settings", "pre-install"), False),
        (job("pre-install"), hook("ConfigMap", "other", ""), False),
        (job("pre-install"), hook("ConfigMap", "settings", "pre-install", "-1"), False),
        (job("pre-install"), hook("ConfigMap", "settings", "pre-install", "1"), True),
        (job("pre-install", "a"), hook("ConfigMap", "settings", "pre-install"), True),  # of one weight, by name
        (job("pre-install", "settings"), hook("ConfigMap", "settings", "pre-install"), False),
        (job("pre-install"), hook("ConfigMap", "settings", "post-install", "-1"), True),
    ],
)
def test_what_hooks_use(user: dict[str, Any], used: dict[str, Any], is_missing: bool) -> None:
    assert bool(of_objects("hook-object-missing", user, used)) is is_missing


@pytest.mark.parametrize(
    ("key", "is_valid"),
    [
        ("app", True),
        ("app.kubernetes.io/name", True),
        ("a" * 63, True),
        ("a" * 64, False),
        ("/name", False),
        ("example.com/", False),
        ("example_com/name", False),
        ("a/b/c", False),
        ("-app", False),
        ("app name", False),
    ],
)
def test_names_of_labels(key: str, is_valid: bool) -> None:
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "labels": {key: "x"}}}
    assert bool(of_objects("invalid-metadata-key", body)) is not is_valid


def test_prefixes_of_annotations_may_have_capitals() -> None:
    metadata = {"name": "a", "annotations": {"Example.com/name": "x"}, "labels": {"Example.com/name": "x"}}
    assert of_objects("invalid-metadata-key", {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata}) == [
        "ConfigMap/a: the label 'Example.com/name' has a prefix that is no DNS name"
    ]


@pytest.mark.parametrize(
    ("port", "is_valid"),
    [
        ({"port": 80}, True),
        ({"port": 80, "targetPort": "http"}, True),
        ({"port": 80, "targetPort": "n23456789012345"}, True),
        ({"port": 80, "targetPort": "n234567890123456"}, False),
        ({"port": 80, "targetPort": "8080"}, False),
        ({"port": 80, "targetPort": "a--b"}, False),
        ({"port": 80, "targetPort": 65536}, False),
        ({"port": 0}, False),
        ({"port": 80, "nodePort": 0}, True),
        ({"port": 80, "name": "a-name-that-is-longer-than-fifteen"}, True),
        ({"port": 80, "name": "Http"}, False),
    ],
)
def test_ports_of_services(port: dict[str, Any], is_valid: bool) -> None:
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"ports": [port]}}
    assert bool(of_objects("invalid-port", service)) is not is_valid
