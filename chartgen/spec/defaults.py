"""From validated data to an AppSpec: what every key means when it is short, inherited or left out.

A scalar and its object form end in equal values here, which is what makes their charts equal. Nothing here judges;
``rules`` does that on the result, so a reference to a port that does not exist passes through unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.spec.containers import containers
from chartgen.spec.exposure import ingress, metrics, ports, service
from chartgen.spec.identity import identity
from chartgen.spec.model import AppSpec, Health, Image, Kind, Replicas, Stateful, Workload
from chartgen.spec.needs import needs
from chartgen.spec.observing import monitoring
from chartgen.spec.peers import network
from chartgen.spec.permissions import permissions
from chartgen.spec.probes import health
from chartgen.spec.process import (
    config_files,
    env_var,
    image,
    lifecycle,
    resources,
    secret_use,
    security,
    shutdown,
)
from chartgen.spec.running import kind, run, schedule
from chartgen.spec.scaling import replicas
from chartgen.spec.source import Origin, Source
from chartgen.spec.units import text, texts
from chartgen.spec.volumes import volumes

MERGED = ("env", "secrets", "files", "security", "identity", "labels", "annotations")
"""Keys of which a workload's entries are laid over the inherited ones; an image is replaced as a whole."""

INHERITED = ("image", "resources", "vpa", *MERGED)
"""Keys that may stand at the top beside ``workloads``."""


def build(data: Mapping[str, Any], source: Source) -> AppSpec:
    """The application a valid spec describes."""
    named = data.get("workloads")
    name = data.get("name", "")
    if named is None:
        workloads: tuple[Workload, ...] = (workload("", data, data, name=name, workloads=(), files=source.files),)
    else:
        names = tuple(named)
        workloads = tuple(
            workload(key, own, data, name=name, workloads=names, files=source.files) for key, own in named.items()
        )
    return AppSpec(
        name=name,
        version=data.get("version", "0.1.0"),
        description=data.get("description", f"A Helm chart for {name}"),
        image=image(data["image"]) if "image" in data else workloads[0].image if workloads else Image(""),
        workloads=workloads,
        single=named is None,
        labels=texts(data.get("labels", {})),
        annotations=texts(data.get("annotations", {})),
        files=config_files(data.get("files", {}), source.files) if named is not None else (),
        monitoring=monitoring(data.get("monitoring", True)),
        needs=needs(data.get("needs", {}), name),
        extra=data.get("extra", {}),
        origin=Origin(source),
    )


def workload(
    key: str,
    own: Mapping[str, Any],
    top: Mapping[str, Any],
    *,
    name: str,
    workloads: tuple[str, ...],
    files: Mapping[str, bytes],
) -> Workload:
    """One workload, with what it inherits from the top of the spec."""
    merged: dict[str, Any] = {k: {**top.get(k, {}), **own.get(k, {})} for k in MERGED}
    chosen = kind(own)
    claims = volumes(own.get("volumes", {}))
    single = any(volume.persistent and volume.access.single for volume in claims)
    declared = () if chosen.ends else ports(own)
    others = tuple(containers(own))
    beside = tuple(port for container in others if not container.init for port in container.ports)
    metric, all_ports = metrics(False if chosen.ends else own.get("metrics", False), declared, beside)
    checks = Health() if chosen.ends else health(own.get("health"), all_ports)
    way = ingress(own["ingress"], all_ports, checks) if "ingress" in own and not chosen.ends else None
    return Workload(
        name=key,
        component=key or name,
        image=image(own.get("image", top.get("image", ""))),
        replicas=_replicas(own, chosen, usual=2 if declared and not single else 1),
        resources=resources(top.get("resources", {}), own.get("resources", {})),
        security=security(merged["security"]),
        shutdown=shutdown(
            own.get("shutdown", {}), serving=bool(declared) and "preStop" not in own.get("lifecycle", {})
        ),
        lifecycle=lifecycle(own.get("lifecycle", {}), all_ports),
        kind=chosen,
        stateful=Stateful(ordered=own.get("ordered", False)) if chosen is Kind.STATEFUL_SET else None,
        schedule=schedule(own) if chosen is Kind.CRON_JOB else None,
        run=run(own, scheduled=chosen is Kind.CRON_JOB) if chosen.ends else None,
        ports=all_ports,
        service=service(own, declared, way) if declared else None,
        health=checks,
        command=tuple(map(text, own.get("command", ()))),
        args=tuple(map(text, own.get("args", ()))),
        env=tuple(env_var(k, v) for k, v in merged["env"].items()),
        secrets=tuple(secret_use(k, v) for k, v in merged["secrets"].items()),
        files=config_files(merged["files"], files),
        volumes=claims,
        containers=others,
        ingress=way,
        metrics=metric,
        network=network(own.get("network", True), workloads, tuple(top.get("needs", ()))),
        needs=tuple(own["needs"] if key and "needs" in own else top.get("needs", ())),
        identity=identity(merged["identity"]),
        permissions=permissions(own.get("permissions", {})),
        vpa=own.get("vpa", top.get("vpa", False)) and chosen is not Kind.JOB,
        labels=texts(merged["labels"]),
        annotations=texts(merged["annotations"]),
    )


def _replicas(own: Mapping[str, Any], chosen: Kind, *, usual: int) -> Replicas:
    """How many pods. Those of a StatefulSet are not copies of each other, so nobody gets a second one unasked."""
    if not chosen.scales:
        return Replicas(1, 1)
    return replicas(own.get("replicas", {}), usual=usual if chosen is Kind.DEPLOYMENT else 1)
