"""How many pods there are, and what decides it: from a spec's ``replicas`` to values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.model_scaling import DOWN, Fallback, Metric, Pace, Replicas
from chartgen.spec.triggers import trigger
from chartgen.spec.units import number, seconds, texts

API_VERSIONS = {
    "Ingress": "networking.k8s.io/v1",
    **dict.fromkeys(("Service", "Pod", "Namespace", "PersistentVolumeClaim"), "v1"),
    **dict.fromkeys(("Deployment", "StatefulSet", "DaemonSet"), "apps/v1"),
    "HTTPRoute": "gateway.networking.k8s.io/v1",
}
"""The API version of the kinds a metric usually belongs to."""


def replicas(value: int | Mapping[str, Any], *, usual: int) -> Replicas:
    """How many pods; ``usual`` when the spec does not say. With triggers the CPU counts only when that is said."""
    if not isinstance(value, Mapping):
        return Replicas(int(value), int(value))
    most = value.get("max")
    least = int(value.get("min", usual if most is None else min(usual, most)))
    watched = value.get("triggers", {})
    behavior = value.get("behavior", {})
    return Replicas(
        min=least,
        max=int(least if most is None else most),
        cpu=int(value.get("cpu", 0 if watched else 70)),
        memory=int(value.get("memory", 0)),
        metrics=tuple(metric(name, given) for name, given in value.get("metrics", {}).items()),
        up=_up(behavior["scaleUp"]) if "scaleUp" in behavior else None,
        down=_down(behavior.get("scaleDown", {})),
        triggers=tuple(trigger(name, given) for name, given in watched.items()),
        polling=seconds(value.get("polling", 30)),
        cooldown=seconds(value.get("cooldown", 300)),
        fallback=_fallback(value["fallback"]) if "fallback" in value else None,
    )


def metric(name: str, value: Any) -> Metric:
    """A metric from its average for each pod, or from an object."""
    given = value if isinstance(value, Mapping) else {"average": value}
    about = given.get("object")
    return Metric(
        name,
        average=number(given["average"]) if "average" in given else "",
        value=number(given["value"]) if "value" in given else "",
        external=given.get("external", False),
        object=(about["kind"], about["name"], about.get("apiVersion", API_VERSIONS.get(about["kind"], "")))
        if about
        else None,
        labels=texts(given.get("labels", {})),
    )


def _up(given: Mapping[str, Any]) -> Pace:
    return Pace(seconds(given.get("window", 0)), **_steps(given))


def _down(given: Mapping[str, Any]) -> Pace:
    """Half of the pods in a minute, unless a number of pods or a percentage is given."""
    usual = {} if "percent" in given or "pods" in given else {"percent": DOWN.percent}
    return Pace(seconds(given.get("window", DOWN.window)), **_steps({**usual, **given}))


def _steps(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "percent": int(given.get("percent", 0)),
        "pods": int(given.get("pods", 0)),
        "every": seconds(given.get("every", 60)),
        "select": given.get("select", "Max"),
    }


def _fallback(value: int | Mapping[str, Any]) -> Fallback:
    given = value if isinstance(value, Mapping) else {"replicas": value}
    return Fallback(int(given.get("replicas", 0)), int(given.get("failures", 3)))
