"""What an application needs: how its pods are told, what their NetworkPolicies let through, what the chart makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Job, Options, Rendered
from chartgen.engine.objects import parse
from chartgen.generate.generate import generate
from chartgen.lint.run import Settings, lint
from chartgen.policy.model import Policy
from chartgen.spec.load import read_spec
from chartgen.spec.rules_needs import TAKEN
from chartgen.yamlread import read
from tests.golden.charts import NAMES, Helm, chart, pod_template, scenarios, spec

HEAD = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\n"
OUTSIDE = {"sessions": {"enabled": False}, "needs": {"sessions": {"host": "cache.acme.internal"}}}


def variables(helm: Helm, workload: str, **options: Any) -> dict[str, Any]:
    """The variables of a workload's container, in order, by name."""
    (found,) = (o for o in helm.objects("needs", **options) if o.name.endswith(f"-{workload}") and pod_template(o))
    template = pod_template(found)
    assert template is not None
    return {e["name"]: e.get("value", e.get("valueFrom")) for e in template["spec"]["containers"][0]["env"]}


def secret(name: str, key: str) -> dict[str, Any]:
    return {"secretKeyRef": {"name": name, "key": key}}


def test_pods_are_told_from_values_and_from_secrets_and_never_hold_a_password(helm: Helm) -> None:
    told = variables(helm, "web")
    assert told["ORDERS_HOST"] == secret("r1-shop-orders-app", "host")
    assert told["ORDERS_PASSWORD"] == secret("r1-shop-orders-app", "password")
    assert told["ORDERS_URL"] == secret("r1-shop-orders-app", "uri")
    assert told["REPORTS_URL"] == secret("reports-db", "uri")
    assert told["REPORTS_HOST"] == "reports.db.acme.internal"
    assert told["SESSIONS_URL"] == "redis://r1-sessions:6379"
    assert told["MEMCACHED_SERVERS"] == "r1-page-cache-headless:11211"
    assert (told["SEARCH_HOST"], told["SEARCH_PORT"]) == ("search.acme.internal", "443")


def test_other_containers_and_other_names_are_told_what_they_ask_for(helm: Helm) -> None:
    (init,) = helm.find("needs", "Deployment/r1-shop-web")["spec"]["template"]["spec"]["initContainers"]
    assert init["env"] == [{"name": "DATABASE_URL", "valueFrom": secret("r1-shop-orders-app", "uri")}]
    assert variables(helm, "worker")["REPORTS"] == "reports.db.acme.internal"


def test_a_variable_can_be_made_of_those_of_a_need(helm: Helm) -> None:
    """Kubernetes expands $(NAME) to variables that stand earlier in the list."""
    names = list(variables(helm, "web"))
    assert names.index("ORDERS_URL") < names.index("ORDERS_DSN")


def test_a_workload_knows_its_own_needs_only(helm: Helm) -> None:
    assert [name for name in variables(helm, "import") if name != "ORDERS_DSN"] == ["REPORTS_URL", "REPORTS_HOST"]
    assert not any(name.startswith(("SESSIONS", "SEARCH")) for name in variables(helm, "worker"))


def test_whoever_installs_the_chart_names_other_secrets_and_clusters(helm: Helm) -> None:
    values = {
        "needs": {
            "reports": {"existingSecret": "mine", "host": "db.other", "port": 6432},
            "orders": {"existingCluster": "orders-v2"},
            "archive": {"existingSecret": "old-archive"},
        }
    }
    told = variables(helm, "web", values=values)
    assert told["REPORTS_URL"] == secret("mine", "uri")
    assert told["REPORTS_HOST"] == "db.other"
    assert told["ORDERS_URL"] == secret("orders-v2-app", "uri")
    assert variables(helm, "worker", values=values)["ARCHIVE_URL"] == secret("old-archive", "uri")
    kinds = helm.kinds("needs", values=values)
    assert "Cluster" not in kinds
    assert "PodMonitor" not in kinds
    rules = helm.objects("needs", values=values)
    assert not any(o.kind == "PrometheusRule" and "orders" in o.name for o in rules)


def test_the_cluster_is_what_the_spec_says_and_stays(helm: Helm) -> None:
    made = helm.find("needs", "Cluster")
    assert made["metadata"]["name"] == "r1-shop-orders"
    assert made["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    assert made["spec"] == {
        "instances": 3,
        "enablePDB": True,
        "imageName": "ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie",
        "bootstrap": {"initdb": {"database": "shop", "owner": "shop"}},
        "storage": {"size": "20Gi", "storageClass": "gp3"},
        "resources": {"requests": {"cpu": "250m", "memory": "512Mi"}, "limits": {"memory": "512Mi"}},
    }
    alone = helm.find("needs", "Cluster", values={"needs": {"orders": {"instances": 1}}})
    assert alone["spec"]["enablePDB"] is False


def test_no_name_of_a_cluster_is_too_long(helm: Helm) -> None:
    """CloudNativePG allows 50 characters; its Secret, its Services and the policies follow."""
    options = {"release": "r" * 53}
    name = helm.find("needs", "Cluster", **options)["metadata"]["name"]
    assert len(name) <= 50
    assert name.endswith("-orders")
    assert variables(helm, "web", **options)["ORDERS_URL"] == secret(f"{name}-app", "uri")
    assert {"cnpg.io/cluster": name} in selected(helm, "web", **options)


def policy(helm: Helm, workload: str, **options: Any) -> list[Mapping[str, Any]]:
    """What a workload's pods may connect to."""
    (found,) = (o for o in helm.objects("needs", **options) if o.kind == "NetworkPolicy" and o.name.endswith(workload))
    egress = found.body["spec"]["egress"]
    assert isinstance(egress, list)
    return egress


def selected(helm: Helm, workload: str, **options: Any) -> list[Any]:
    """The labels of pods it may connect to."""
    peers = (peer for rule in policy(helm, workload, **options) for peer in rule.get("to", ()))
    return [peer["podSelector"]["matchLabels"] for peer in peers if "podSelector" in peer]


def ports(rule: Mapping[str, Any]) -> list[int]:
    return [port["port"] for port in rule["ports"]]


def test_policies_let_pods_reach_what_they_need_and_nothing_else(helm: Helm) -> None:
    dns, *rules = policy(helm, "web")
    assert set(ports(dns)) == {53}
    orders, reports, sessions, cache, search = rules
    assert orders == {
        "to": [{"podSelector": {"matchLabels": {"cnpg.io/cluster": "r1-shop-orders"}}}],
        "ports": [{"port": 5432, "protocol": "TCP"}],
    }
    assert reports["to"] == [{"ipBlock": {"cidr": "10.20.0.0/16"}}]
    assert sessions["to"] == [{"podSelector": {"matchLabels": {"app.kubernetes.io/instance": "r1"}}}]
    assert (ports(sessions), ports(cache), ports(search)) == ([6379], [11211], [443])
    assert "to" not in search


def test_a_need_can_be_called_without_being_had(helm: Helm) -> None:
    """network.to names sessions and search, of which the worker has no variables; and a workload."""
    assert [ports(rule) for rule in policy(helm, "worker") if "ports" in rule][1:] == [
        [5432], [5432], [5432], [6379], [9092], [443],
    ]  # fmt: skip
    assert any(labels.get("app.kubernetes.io/component") == "web" for labels in selected(helm, "worker"))
    events = next(rule for rule in policy(helm, "worker") if "ports" in rule and ports(rule) == [9092])
    assert events["to"] == [
        {
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "streaming"}},
            "podSelector": {"matchLabels": {"app.kubernetes.io/name": "kafka"}},
        },
        {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "tests"}}},
    ]


def test_what_takes_the_place_of_a_chart_is_outside(helm: Helm) -> None:
    values = {**OUTSIDE, "page-cache": {"enabled": True}}
    assert variables(helm, "web", values=values)["SESSIONS_URL"] == "redis://cache.acme.internal:6379"
    rule = next(rule for rule in policy(helm, "web", values=values) if ports(rule) == [6379])
    assert "to" not in rule
    said = helm.refusal("needs", "sessions.enabled=false")
    assert "needs.sessions.host must be set where sessions.enabled is false" in said


FULLNAME = """
{{- define "fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}
"""
"""As `helm create` writes it."""

SERVICE = """
apiVersion: v1
kind: Service
metadata:
  name: {{ include "fullname" . }}%s
spec:
  ports: [{port: 1}]
"""


def real(made: Chart) -> Chart:
    """The chart with dependencies that have a Service, called as those of charts are."""
    files: dict[str, str | bytes] = dict(made.files)
    for name, version, suffix in (("valkey", "0.9.3", ""), ("memcached", "2.1.0", "-headless")):
        folder = f"charts/{name}"
        files[f"{folder}/Chart.yaml"] = f'apiVersion: v2\nname: {name}\nversion: "{version}"\n'
        files[f"{folder}/values.yaml"] = 'nameOverride: ""\nfullnameOverride: ""\n'
        files[f"{folder}/templates/_helpers.tpl"] = FULLNAME
        files[f"{folder}/templates/service.yaml"] = SERVICE % suffix
    return Chart.of(files, metadata=made.metadata)


@pytest.mark.parametrize("release", ["r1", "sessions", "my-page-cache", "r" * 53])
@pytest.mark.parametrize("own", [{}, {"nameOverride": "other"}, {"fullnameOverride": "whole"}])
def test_hosts_are_the_services_of_the_charts(helm: Helm, release: str, own: dict[str, str]) -> None:
    values = {"sessions": own, "page-cache": own}
    job = Job(real(chart("needs")), values, options=Options(release=release, namespace="apps"))
    (answer,) = helm.engine.render([job])
    assert isinstance(answer, Rendered), answer
    objects = parse(answer.files).objects
    services = {o.name for o in objects if o.kind == "Service" and "/charts/" in f"/{o.source}"}
    (web,) = (o for o in objects if o.kind == "Deployment" and o.name.endswith("-web"))
    template = pod_template(web)
    assert template is not None
    told = {e["name"]: e.get("value", "") for e in template["spec"]["containers"][0]["env"]}
    assert {told["SESSIONS_HOST"], told["MEMCACHED_SERVERS"].partition(":")[0]} == services


def test_a_chart_without_its_dependencies_is_said_to_lack_them(helm: Helm) -> None:
    """Helm refuses it, whatever the values say, and so the finding is there until they have been fetched."""
    (answer,) = helm.engine.render([Job(chart("needs"), {})])
    assert isinstance(answer, Failure)
    report = lint([chart("needs")], engine=helm.engine, settings=Settings(Policy(select=("missing-dependency",))))
    assert {found.message for found in report.findings} == {
        "Chart.yaml: dependency 'valkey' is not in charts/, so Helm refuses the chart",
        "Chart.yaml: dependency 'memcached' is not in charts/, so Helm refuses the chart",
    }


def test_environments_have_their_own(helm: Helm) -> None:
    values = scenarios(chart("needs"))
    staging, production = values["values-staging.yaml"], values["values-production.yaml"]
    cluster = helm.find("needs", "Cluster", values=staging)
    assert (cluster["spec"]["instances"], cluster["spec"]["storage"]["size"]) == (1, "5Gi")
    told = variables(helm, "web", values=production)
    assert told["ORDERS_URL"] == secret("orders-v2-app", "uri")
    assert told["SESSIONS_URL"] == "redis://sessions.cache.acme.internal:6379"
    assert told["REPORTS_URL"] == secret("reports-production", "uri")


def test_needs_that_nobody_has_leave_no_settings_behind() -> None:
    spec = (
        HEAD + "needs: {redis: redis, old: {kind: postgres, operator: {existing: a}}}\nworkloads: {web: {needs: []}}\n"
    )
    made = generate(read_spec(spec.encode(), file="app.yaml"))
    assert "needs:" not in (made.text("values.yaml") or "")


def test_notes_say_when_the_cluster_is_ready(helm: Helm) -> None:
    answer = helm.answer(chart("needs"))
    assert isinstance(answer, Rendered)
    wait = "wait --for=condition=Ready --timeout=10m cluster.postgresql.cnpg.io/r1-shop-orders"
    assert wait in answer.files["templates/NOTES.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_no_alias_takes_the_place_of_a_value(name: str) -> None:
    """Whatever stands at the top of a chart's values and could be an alias is refused as one."""
    app = spec(name)
    own = {w.name for w in app.workloads} | {need.chart.alias for need in app.needs if need.chart}
    for key in read(chart(name).text("values.yaml") or "").data:
        assert key in TAKEN or key in own or not re.fullmatch("[a-z]+", key)
