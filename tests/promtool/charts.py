"""Generated charts, rendered by Helm's engine, with every alert and every panel."""

from __future__ import annotations

import atexit
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine.api import Engine, Failure, Job, Options, Rendered
from chartgen.engine.choose import open_engine
from chartgen.engine.objects import parse
from chartgen.generate.generate import generate
from chartgen.spec.load import read_spec
from chartgen.spec.model import AppSpec

REQUESTS = {
    "path": "/metrics",
    "requests": "http_requests_total",
    "errors": 'status=~"5.."',
    "latency": "http_request_duration_seconds",
}

SHOP: dict[str, Any] = {
    "apiVersion": "chartgen/v1",
    "name": "shop",
    "image": "ghcr.io/acme/shop:1.4.2",
    "needs": {
        "orders": {"kind": "postgres", "operator": "10Gi"},
        "events": {"kind": "rabbitmq", "operator": "10Gi"},
    },
    "workloads": {
        "web": {"port": 8080, "health": "/healthz", "replicas": {"min": 2, "max": 5}, "metrics": REQUESTS},
        "worker": {"replicas": 1, "metrics": {"port": 9090}, "volumes": {"/data": "10Gi"}},
    },
}
"""Two workloads: one that is scraped, counts its requests and scales; one with nothing but metrics.

Beside them a database and a broker."""

PODINFO: dict[str, Any] = {
    "apiVersion": "chartgen/v1",
    "name": "podinfo",
    "image": "ghcr.io/stefanprodan/podinfo:6.7.1",
    "port": 9898,
    "health": {"liveness": "/healthz", "readiness": "/readyz"},
    "metrics": True,
}
"""One workload, scraped, without request metrics of its own."""

PLANT: dict[str, Any] = {
    "apiVersion": "chartgen/v1",
    "name": "plant",
    "image": "ghcr.io/acme/plant:1.4.2",
    "workloads": {
        "db": {
            "kind": "StatefulSet",
            "port": 8080,
            "health": "/healthz",
            "replicas": 3,
            "metrics": True,
            "volumes": {"/wal": "1Gi"},
        },
        "agent": {"kind": "DaemonSet", "metrics": {"port": 9100}},
        "report": {"schedule": "0 3 * * *"},
        "migrate": {"run": "pre-deploy"},
        "load": {"run": "once"},
        "queue": {
            "replicas": {
                "min": 0,
                "max": 5,
                "triggers": {"orders": {"pubsub": {"subscription": "orders"}, "auth": "gcp"}},
            }
        },
    },
}
"""One workload of each kind but Deployment, and one that KEDA scales."""

SPECS = {"shop": SHOP, "podinfo": PODINFO, "plant": PLANT}


@cache
def spec(name: str) -> AppSpec:
    """One of the specs, read."""
    return read_spec(json.dumps(SPECS[name]).encode(), file="app.yaml")


@cache
def chart(name: str) -> Chart:
    """The chart of one of the specs."""
    return generate(spec(name))


@cache
def _engine() -> Engine:
    """One engine for all tests of a process: starting it takes longer than rendering."""
    engine = open_engine("auto", jobs=1).__enter__()
    atexit.register(engine.__exit__, None, None, None)
    return engine


def render(job: Job) -> Rendered | Failure:
    """What Helm makes of a chart."""
    (answer,) = _engine().render([job])
    return answer


def objects(
    name: str, values: Mapping[str, Any] | None = None, *, release: str = "dev", namespace: str = "prod"
) -> dict[str, dict[str, Any]]:
    """The objects a chart renders to, by ``Kind/name``."""
    job = Job(chart(name), values or {}, options=Options(release=release, namespace=namespace))
    answer = render(job)
    assert isinstance(answer, Rendered), answer
    parsed = parse(answer.files)
    assert not parsed.bad
    return {f"{found.kind}/{found.name}": found.body for found in parsed.objects}


_ON = {"autoscaling": {"enabled": True}}
SCALED: dict[str, dict[str, Any]] = {"shop": {"web": _ON}, "podinfo": _ON, "plant": {"db": _ON}}
"""The values with which one workload of each chart scales."""


@cache
def everything(name: str) -> dict[str, dict[str, Any]]:
    """The objects with the autoscaler switched on, so that there is every alert."""
    return objects(name, SCALED[name])


def groups(found: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The rule groups of all PrometheusRules."""
    return [group for body in found.values() if body["kind"] == "PrometheusRule" for group in body["spec"]["groups"]]


def alerts(found: Mapping[str, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The alerts by their workload, in order."""
    return {group["name"]: group["rules"] for group in groups(found)}


def dashboard(found: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The one dashboard among the objects."""
    (text,) = (
        text
        for body in found.values()
        if body["kind"] == "ConfigMap"
        for key, text in body["data"].items()
        if key.endswith(".json")
    )
    parsed = json.loads(text)
    assert isinstance(parsed, dict)
    return parsed
