"""What decides how many pods there are, in the words of Kubernetes and of KEDA."""

from __future__ import annotations

from typing import Any

from chartgen.spec.model import Auth, Metric, Pace, Replicas, Trigger

PROVIDERS = {"aws": "aws", "azure": "azure-workload", "gcp": "gcp"}
"""What KEDA calls an identity in a cloud."""


def metric_spec(metric: Metric) -> dict[str, Any]:
    """A metric as a HorizontalPodAutoscaler takes it (autoscaling/v2, MetricSpec)."""
    labels = {"selector": {"matchLabels": dict(metric.labels)}} if metric.labels else {}
    named = {"metric": {"name": metric.name, **labels}}
    if metric.average:
        target = {"type": "AverageValue", "averageValue": metric.average}
    else:
        target = {"type": "Value", "value": metric.value}
    if metric.external:
        return {"type": "External", "external": {**named, "target": target}}
    if metric.object:
        kind, name, version = metric.object
        about = {"describedObject": {"apiVersion": version, "kind": kind, "name": name}}
        return {"type": "Object", "object": {**about, **named, "target": target}}
    return {"type": "Pods", "pods": {**named, "target": target}}


def behavior(replicas: Replicas) -> dict[str, Any]:
    """How fast pods come and go; without a word about coming Kubernetes' own pace holds."""
    up = {"scaleUp": _scaling_rules(replicas.up)} if replicas.up else {}
    return {**up, "scaleDown": _scaling_rules(replicas.down)}


def _scaling_rules(pace: Pace) -> dict[str, Any]:
    if pace.select == "Disabled":
        return {"selectPolicy": "Disabled"}
    steps = [
        {"type": kind, "value": most, "periodSeconds": pace.every}
        for kind, most in (("Percent", pace.percent), ("Pods", pace.pods))
        if most
    ]
    return {
        "stabilizationWindowSeconds": pace.window,
        **({"selectPolicy": pace.select} if pace.select != "Max" else {}),
        **({"policies": steps} if steps else {}),
    }


def triggers(replicas: Replicas) -> dict[str, Any]:
    """The triggers by name, with what each needs to get where it looks; CPU and memory are triggers, too."""
    measured = {
        name: {"type": name, "metricType": "Utilization", "metadata": {"value": str(target)}}
        for name, target in (("cpu", replicas.cpu), ("memory", replicas.memory))
        if target
    }
    return {**{one.name: _trigger(one) for one in replicas.triggers}, **measured}


def _trigger(trigger: Trigger) -> dict[str, Any]:
    return {
        "type": trigger.type,
        **({"metricType": "Value"} if trigger.whole else {}),
        "metadata": dict(trigger.metadata),
        **(_authentication(trigger.auth) if trigger.auth else {}),
    }


def _authentication(auth: Auth) -> dict[str, Any]:
    """A reference to an authentication that exists, or one to be made."""
    if auth.existing:
        kind = {"kind": "ClusterTriggerAuthentication"} if auth.cluster else {}
        return {"authenticationRef": {"name": auth.existing, **kind}}
    made: dict[str, Any] = {}
    if auth.identity:
        who = {"provider": PROVIDERS[auth.identity]}
        if auth.id:
            who["roleArn" if auth.identity == "aws" else "identityId"] = auth.id
        made["podIdentity"] = who
    if auth.keys:
        made["secretTargetRef"] = [{"parameter": p, "name": auth.secret, "key": key} for p, key in auth.keys.items()]
    if auth.env:
        made["env"] = [{"parameter": p, "name": variable} for p, variable in auth.env.items()]
    return {"authentication": made}


def fallback(replicas: Replicas) -> dict[str, int]:
    """How many pods there are while triggers cannot be read; empty for as many as there are."""
    if replicas.fallback is None:
        return {}
    return {"failureThreshold": replicas.fallback.failures, "replicas": replicas.fallback.replicas}
