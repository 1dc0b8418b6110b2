"""values.schema.json refuses what is misspelt or of the wrong kind, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator

from chartgen.yamlread import read
from tests.golden.charts import NAMES, chart, scenarios


def validator(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads(chart(name).text("values.schema.json") or ""))


def overlaid(base: Any, over: Any) -> Any:
    """Values as Helm lays them over each other."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return over
    return {**base, **{key: overlaid(base.get(key), value) for key, value in over.items()}}


def errors(name: str, over: Any) -> list[str]:
    values = overlaid(read(chart(name).text("values.yaml") or "").data, over)
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(values)]


@pytest.mark.parametrize("name", NAMES)
def test_scenarios_satisfy_it(name: str) -> None:
    for values in scenarios(chart(name)).values():
        assert errors(name, values) == []


def nest(path: str, value: Any) -> Any:
    for part in reversed(path.split(".")):
        value = {part: value}
    return value


TYPOS = """
    replicas replicacount image.name image.tags imagePullSecret serviceAccount.created podAnnotation
    podSecurityContext.runAsNonroot securityContext.readonlyRootFilesystem securityContext.capabilities.dropp
    service.ports service.nodePort ingress.enable ingress.host httpRoute.parentRef httproute resources.request
    resources.limit livenessProbe.httpget livenessProbe.httpGet.prot readinessProbe.period autoscaling.enable
    autoscaling.min autoscaling.targetCPU autoscaling.behavior.scaledown nodeselector affinity.nodeaffinity
    strategy.rollingUpdate.maxSurgee podDisruptionBudget.minAvailable lifecycle.prestop networkPolicy.ingress
    networkPolicy.egress.to metrics.port monitoring.enable monitoring.alert containerPorts.web env
    test.image.pullPolicy extraObject
""".split()  # noqa: SIM905 - a word for each key reads better


@pytest.mark.parametrize("path", TYPOS)
def test_misspelt_settings_are_refused(path: str) -> None:
    *_, last = path.split(".")
    found = errors("podinfo", nest(path, {}))
    assert len(found) == 1
    assert f"{last!r} was unexpected" in found[0]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("replicaCount", "2"),
        ("replicaCount", -1),
        ("image.tag", 1.2),
        ("image.digest", "abc"),
        ("image.pullPolicy", "always"),
        ("service.type", "clusterip"),
        ("service.port", 0),
        ("service.port", 70000),
        ("service.port", "http"),
        ("ingress.enabled", "true"),
        ("ingress.hosts", ["a.example.com"]),
        ("ingress.hosts", [{"paths": []}]),
        ("ingress.hosts", [{"host": "a.example.com", "paths": [{"pathType": "Exact"}]}]),
        ("ingress.hosts", []),
        ("httpRoute.rules", []),
        ("httpRoute.parentRefs", [{}]),
        ("resources.limits.memory", [1]),
        ("podLabels.a", 1),
        ("podLabels", {"app.kubernetes.io/name": "x"}),
        ("commonLabels", {"helm.sh/chart": "x"}),
        ("autoscaling.minReplicas", 0),
        ("autoscaling.targetCPUUtilizationPercentage", 0.5),
        ("tolerations", {}),
        ("tolerations", [{"effect": "noschedule"}]),
        ("podDisruptionBudget.maxUnavailable", "1"),
        ("strategy.type", "Rolling"),
        ("topologySpreadConstraints", [{"topologyKey": "a", "maxSkew": 1}]),
        ("metrics.interval", "30"),
        ("extraObjects", [{}]),
        ("extraEnv", {"A": "b"}),
        ("nodeSelector.a", True),
        ("serviceAccount.annotations", []),
        ("networkPolicy.egress.rules", {}),
        ("nameOverride", "Shop"),
        ("fullnameOverride", "shop_1"),
        ("enabled", "yes"),
    ],
)
def test_values_of_the_wrong_kind_are_refused(path: str, value: Any) -> None:
    assert len(errors("podinfo", nest(path, value))) == 1


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("global", {"anything": [1]}),
        ("enabled", True),
        ("fullnameOverride", "shop.v2-a"),
        ("replicaCount", 0),
        ("podLabels", {"app.kubernetes.io/part-of": "x"}),
        ("podDisruptionBudget.maxUnavailable", "50%"),
        ("resources.limits", {"cpu": 1, "nvidia.com/gpu": 1}),
        ("nodeSelector", {"any/key": "x"}),
        ("extraObjects", {"a": {"any": "thing"}, "b": "text"}),
        ("affinity.podAffinity", {"any": []}),
        ("livenessProbe", {"tcpSocket": {"port": 80}}),
        ("readinessProbe.httpGet.port", 8080),
        ("extraEnv", [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "x"}}}]),
    ],
)
def test_what_kubernetes_takes_is_taken(path: str, value: Any) -> None:
    assert errors("podinfo", nest(path, value)) == []


def test_every_setting_is_described() -> None:
    schema = json.loads(chart("podinfo").text("values.schema.json") or "")

    def bare(node: Any, path: str) -> list[str]:
        if "properties" not in node or path.count(".") > 2:
            return []
        missing = [
            f"{path}.{k}" for k, v in node["properties"].items() if "description" not in v and "properties" not in v
        ]
        return missing + [
            m for k, v in node["properties"].items() if "description" not in v for m in bare(v, f"{path}.{k}")
        ]

    assert bare(schema, "") == []


def test_workloads_are_closed_too() -> None:
    assert errors("shop", {"web": {"replicas": 3}}) == [
        "$.web: Additional properties are not allowed ('replicas' was unexpected)"
    ]
    assert errors("shop", {"replicaCount": 3}) != []
