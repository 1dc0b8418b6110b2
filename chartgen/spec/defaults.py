"""From validated data to an AppSpec: what every key means when it is short, inherited or left out.

A scalar and its object form end in equal values here, which is what makes their charts equal. Nothing here judges;
``rules`` does that on the result, so a reference to a port that does not exist passes through unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.exposure import ingress, metrics, network, ports, service
from chartgen.spec.model import (
    Alerts,
    AppSpec,
    EnvVar,
    Identity,
    Image,
    Monitoring,
    Replicas,
    Resources,
    SecretUse,
    Security,
    Shutdown,
    Workload,
)
from chartgen.spec.probes import health
from chartgen.spec.source import Origin, Source
from chartgen.spec.units import duration_text, number, seconds, text

MERGED = ("env", "secrets", "security", "identity", "labels", "annotations")
"""Keys of which a workload's entries are laid over the inherited ones; an image is replaced as a whole."""

INHERITED = ("image", "resources", *MERGED)
"""Keys that may stand at the top beside ``workloads``."""


def build(data: Mapping[str, Any], source: Source) -> AppSpec:
    """The application a valid spec describes."""
    named = data.get("workloads")
    name = data.get("name", "")
    if named is None:
        workloads: tuple[Workload, ...] = (workload("", data, data, name=name, workloads=()),)
    else:
        workloads = tuple(workload(key, own, data, name=name, workloads=tuple(named)) for key, own in named.items())
    return AppSpec(
        name=name,
        version=data.get("version", "0.1.0"),
        description=data.get("description", f"A Helm chart for {name}"),
        image=image(data["image"]) if "image" in data else workloads[0].image if workloads else Image(""),
        workloads=workloads,
        single=named is None,
        labels=texts(data.get("labels", {})),
        annotations=texts(data.get("annotations", {})),
        monitoring=monitoring(data.get("monitoring", True)),
        extra=data.get("extra", {}),
        origin=Origin(source),
    )


def workload(
    key: str, own: Mapping[str, Any], top: Mapping[str, Any], *, name: str, workloads: tuple[str, ...]
) -> Workload:
    """One workload, with what it inherits from the top of the spec."""
    merged: dict[str, Any] = {k: {**top.get(k, {}), **own.get(k, {})} for k in MERGED}
    declared = ports(own)
    metric, all_ports = metrics(own.get("metrics", False), declared)
    checks = health(own.get("health"), all_ports)
    return Workload(
        name=key,
        component=key or name,
        image=image(own.get("image", top.get("image", ""))),
        replicas=replicas(own.get("replicas", {}), usual=2 if declared else 1),
        resources=resources(top.get("resources", {}), own.get("resources", {})),
        security=security(merged["security"]),
        shutdown=shutdown(own.get("shutdown", {}), serving=bool(declared)),
        ports=all_ports,
        service=service(own.get("service", {})) if declared else None,
        health=checks,
        command=tuple(map(text, own.get("command", ()))),
        args=tuple(map(text, own.get("args", ()))),
        env=tuple(env_var(k, v) for k, v in merged["env"].items()),
        secrets=tuple(secret_use(k, v) for k, v in merged["secrets"].items()),
        ingress=ingress(own["ingress"], all_ports, checks) if "ingress" in own else None,
        metrics=metric,
        network=network(own.get("network", True), workloads),
        identity=Identity(aws=merged["identity"].get("aws", "")),
        labels=texts(merged["labels"]),
        annotations=texts(merged["annotations"]),
    )


def image(value: str | Mapping[str, Any]) -> Image:
    """An image from its reference or its parts.

    The tag begins at the last ``:`` behind the last ``/``, for a registry may have a port.
    """
    if not isinstance(value, str):
        return Image(
            value["repository"],
            value.get("tag", ""),
            value.get("digest", ""),
            value.get("pullPolicy", "IfNotPresent"),
            tuple(value.get("pullSecrets", ())),
        )
    name, _, digest = value.partition("@")
    colon = name.rfind(":")
    if colon > name.rfind("/"):
        return Image(name[:colon], name[colon + 1 :], digest)
    return Image(name, "", digest)


def replicas(value: int | Mapping[str, Any], *, usual: int) -> Replicas:
    """How many pods; ``usual`` when the spec does not say."""
    if not isinstance(value, Mapping):
        return Replicas(int(value), int(value))
    most = value.get("max")
    least = int(value.get("min", usual if most is None else min(usual, most)))
    return Replicas(least, int(least if most is None else most), int(value.get("cpu", 70)), int(value.get("memory", 0)))


def resources(top: Mapping[str, Any], own: Mapping[str, Any]) -> Resources:
    """Requests and limits: a workload's quantities laid over the inherited ones, and those over the defaults.

    ``{cpu, memory}`` are requests with the memory as its own limit. Where ``limits`` is not said, memory is limited
    to its request.
    """
    requests: dict[str, str] = {}
    limits: dict[str, str] | None = None
    usual = {"cpu": "100m", "memory": "128Mi"}
    for given in (top, own):
        short = {key: number(given[key]) for key in usual if key in given}
        if "requests" in given:
            requests, usual = _quantities(given["requests"]), {}
        if "limits" in given:
            limits = _quantities(given["limits"])
        elif limits is not None and "memory" in short:
            limits["memory"] = short["memory"]
        requests.update(short)
    if limits and "memory" in limits and usual:
        usual["memory"] = limits["memory"]
    requests = {**usual, **requests}
    if limits is None:
        limits = {"memory": requests["memory"]} if "memory" in requests else {}
    return Resources(requests, limits)


def _quantities(value: Mapping[str, Any]) -> dict[str, str]:
    return {key: number(value[key]) for key in ("cpu", "memory", "ephemeral-storage") if key in value}


def env_var(name: str, value: Any) -> EnvVar:
    """An environment variable from its value or from where it comes."""
    if not isinstance(value, Mapping):
        return EnvVar(name, value=text(value))
    return EnvVar(
        name,
        secret=value.get("secret", ""),
        config=value.get("config", ""),
        key=value.get("key", ""),
        field=value.get("field", ""),
    )


def secret_use(name: str, value: str | Mapping[str, Any]) -> SecretUse:
    """How an existing Secret is used; the text ``env`` takes every key as a variable."""
    if isinstance(value, str):
        return SecretUse(name, all_env=True)
    taken = value.get("env", {})
    if isinstance(taken, str):
        return SecretUse(name, all_env=True, mount=value.get("mount", ""))
    keys = dict(taken) if isinstance(taken, Mapping) else {key: key for key in taken}
    return SecretUse(name, env=keys, mount=value.get("mount", ""))


def security(value: Mapping[str, Any]) -> Security:
    """Who the process is; the group's number follows the user's."""
    user = int(value.get("user", 10001))
    return Security(
        user=user,
        group=int(value.get("group", user)),
        writable_root=value.get("writableRoot", False),
        capabilities=tuple(value.get("capabilities", ())),
        privileged=value.get("privileged", False),
    )


def shutdown(value: int | str | Mapping[str, Any], *, serving: bool) -> Shutdown:
    """How a pod stops. Only where traffic arrives is there something to wait for before SIGTERM."""
    given = value if isinstance(value, Mapping) else {"grace": value}
    grace = seconds(given.get("grace", 30))
    usual = min(5, grace // 2) if serving else 0
    return Shutdown(grace, seconds(given["sleep"]) if "sleep" in given else usual)


def monitoring(value: bool | Mapping[str, Any]) -> Monitoring:
    """Alerts and the dashboard, all on unless the spec says otherwise."""
    if not isinstance(value, Mapping):
        return Monitoring(enabled=value)
    usual = Monitoring()
    return Monitoring(
        enabled=True,
        alerts=alerts(value.get("alerts", True)),
        dashboard=value.get("dashboard", usual.dashboard),
        labels=texts(value.get("labels", {})),
        runbooks=value.get("runbooks", "").rstrip("/"),
    )


def alerts(value: bool | Mapping[str, Any]) -> Alerts:
    """The alerts' thresholds."""
    if not isinstance(value, Mapping):
        return Alerts(enabled=value)
    usual = Alerts()
    rate = value.get("errorRate", usual.error_rate)
    return Alerts(
        enabled=True,
        cpu=int(value.get("cpu", usual.cpu)),
        throttling=int(value.get("throttling", usual.throttling)),
        memory=int(value.get("memory", usual.memory)),
        restarts=int(value.get("restarts", usual.restarts)),
        not_ready=duration_text(value.get("notReady", usual.not_ready)),
        hpa_max=duration_text(value.get("hpaMax", usual.hpa_max)),
        error_rate=int(rate) if rate == int(rate) else float(rate),
        latency=float(value.get("latency", usual.latency)),
    )


def texts(value: Mapping[str, Any]) -> dict[str, str]:
    """A map of labels or annotations, every value as text."""
    return {key: text(item) for key, item in value.items()}
