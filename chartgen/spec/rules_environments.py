"""Rules about environments: what can differ between them, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.resources import schema_text
from chartgen.spec.model import AppSpec, EnvVar, Peer, PeerPort, Storage, Volume, Workload
from chartgen.spec.phrases import meant
from chartgen.spec.source import Source

CODE = "environment-topology"

_ONE = "there is one chart for all environments"
_PART = "what the application is does not depend on where it runs"
_HIDDEN = "what one of them forbids would be found out there and not before"
REASONS = {
    **dict.fromkeys(("apiVersion", "name", "version", "description"), (_ONE, "")),
    **dict.fromkeys(
        ("kind", "ordered", "run", "ttl", "port", "ports", "health", "metrics", "lifecycle"),
        (_PART, ""),
    ),
    **dict.fromkeys(("init", "sidecars"), ("a pod has the same containers everywhere, for " + _ONE, "")),
    "files": ("their contents are in the chart, and " + _ONE, "let the application take what differs from env"),
    "secrets": (
        "every environment has its own Secrets, but by the same names",
        "keep the name, and fill the Secret differently",
    ),
    "security": (_HIDDEN, "choose the stricter one"),
    "permissions": (_HIDDEN, ""),
}
"""Why a key cannot differ, and what to do instead."""

_USUAL = ("it decides which objects the chart has, and " + _ONE, "")


def reason(key: str) -> tuple[str, str] | None:
    """Why a key of a spec cannot differ between environments, and what to do; None for one that can, or is unknown."""
    return REASONS.get(key, _USUAL) if key in _fixed() else None


@cache
def _fixed() -> frozenset[str]:
    import json

    schema = json.loads(schema_text("app-spec.v1"))
    definitions = schema["$defs"]
    known = {*schema["properties"], *definitions["workload"]["properties"]}
    return frozenset(known - set(definitions["environment"]["properties"]))


def strangers(app: AppSpec, part: Mapping[str, Any], place: Pointer, source: Source) -> Iterator[Problem]:
    """Workloads the spec does not have."""
    names = [workload.name for workload in app.workloads]
    for name in part.get("workloads", {}):
        if app.single:
            yield source.problem(
                place / "workloads",
                "the spec has one workload, which has no name",
                hint=f"write its keys directly below {place.dotted}",
                code=CODE,
                key=True,
            )
            return
        if name not in names:
            yield source.problem(
                place / "workloads" / name,
                f"there is no workload {name!r}{meant(name, names)}; every environment has those of the spec",
                hint="" if meant(name, names) else "add it under workloads",
                code=CODE,
                key=True,
            )


def kinds(app: AppSpec, changed: AppSpec, place: Pointer, source: Source) -> Iterator[Problem]:
    """Workloads that would be something else: a schedule makes a CronJob of them."""
    for old, new in zip(app.workloads, changed.workloads, strict=True):
        if old.kind is not new.kind:
            yield source.problem(
                _at(_levels(app, old, place), "schedule", source=source),
                f"makes a {new.kind} of a {old.kind}, and every environment runs the same chart",
                hint="give the spec a schedule, or remove it here",
                code=CODE,
                key=True,
            )


def differences(app: AppSpec, changed: AppSpec, place: Pointer, source: Source) -> Iterator[Problem]:
    """What an environment changes although it is no value of the chart."""
    for old, new in zip(app.workloads, changed.workloads, strict=True):
        levels = _levels(app, old, place)
        yield from _variables(old, new, levels, source)
        yield from _network(old, new, levels, source)
        yield from _ingress_port(old, new, levels, source)
        yield from _service(old, new, levels, source)
        yield from _hidden_metrics(old, new, levels, source)
        yield from _volumes(old, new, levels, source)
        yield from _triggers(old, new, levels, source)


def _levels(app: AppSpec, workload: Workload, place: Pointer) -> list[Pointer]:
    """Where an environment may say something about a workload, the nearest first."""
    return [place] if app.single else [place / "workloads" / workload.name, place]


def _at(levels: list[Pointer], *parts: str | int, source: Source) -> Pointer:
    """The place of a workload's key in the environment: its own, or the one it inherits there."""
    places = [level + Pointer(parts) for level in levels]
    return max(places, key=lambda place: len(source.existing(place).parts) - len(place.parts))


def _variables(old: Workload, new: Workload, levels: list[Pointer], source: Source) -> Iterator[Problem]:
    before = {var.name: var for var in old.env}
    for var in new.env:
        was = before.get(var.name)
        if was is not None and (was == var or None not in (was.value, var.value)):
            continue
        said = f"{_origin(was)} everywhere else" if was else "the variable is not set in the other environments"
        yield source.problem(
            _at(levels, "env", var.name, source=source),
            f"{said}, and every environment takes its variables from the same places",
            hint="set it in the spec too, if only to ''" if was is None else "take it from the same place here",
            code=CODE,
            key=True,
        )


def _origin(var: EnvVar) -> str:
    if var.value is not None:
        return "the variable is a plain value"
    if var.field:
        return f"the variable is the pod's field {var.field!r}"
    if var.need:
        return f"the variable is the {var.fact} of the need {var.need!r}"
    if var.workload:
        return f"the variable is the {var.fact} of the workload {var.workload!r}"
    if not (var.secret or var.config):
        return "the variable says something about the pod itself"
    kind, name = ("Secret", var.secret) if var.secret else ("ConfigMap", var.config)
    return f"the variable is the key {var.key!r} of the {kind} {name!r}"


def _network(old: Workload, new: Workload, levels: list[Pointer], source: Source) -> Iterator[Problem]:
    if old.network.enabled is not new.network.enabled:
        yield source.problem(
            _at(levels, "network", source=source),
            f"whether connections are restricted cannot differ between environments: {_HIDDEN}",
            hint="restrict them everywhere, or nowhere",
            code=CODE,
            key=True,
        )
    elif _called(old.network.to) != _called(new.network.to):
        yield source.problem(
            _at(levels, "network", "to", source=source),
            "which workloads of the chart it calls is the same in every environment",
            hint="list the same workloads here: " + (", ".join(w for w, _ in _called(old.network.to)) or "none"),
            code=CODE,
            key=True,
        )


def _called(peers: tuple[Peer, ...] | None) -> list[tuple[str, tuple[PeerPort, ...]]]:
    return [(peer.workload, peer.ports) for peer in peers or () if peer.workload]


def _ingress_port(old: Workload, new: Workload, levels: list[Pointer], source: Source) -> Iterator[Problem]:
    before, after = old.web_port, new.web_port
    if before is None and after is not None:
        yield source.problem(
            _at(levels, "ingress", source=source),
            "no port is known to speak HTTP everywhere else, so that the chart has no Ingress",
            hint=f"say so in the spec: ports: {{{after.name}: {{port: {after.port}, appProtocol: http}}}}",
            code=CODE,
            key=True,
        )
    elif before is not None and after is not None and before.name != after.name:
        yield source.problem(
            _at(levels, "ingress", "port", source=source),
            f"requests go to the port {before.name!r} everywhere else, and the templates name it",
            hint="say the same port in every environment",
            code=CODE,
            key=True,
        )


def _service(old: Workload, new: Workload, levels: list[Pointer], source: Source) -> Iterator[Problem]:
    """What a Service cannot become: one without an address, or one that keeps clients with their pods."""
    if old.service is None or new.service is None:
        return
    if old.service.headless is not new.service.headless:
        was = "Headless" if old.service.headless else old.service.type
        yield source.problem(
            _at(levels, "service", "type", source=source),
            f"is {was} everywhere else; with or without an address of its own a Service is used in different ways",
            hint="choose Headless everywhere, or nowhere",
            code=CODE,
        )
    elif bool(old.service.affinity) is not bool(new.service.affinity):
        yield source.problem(
            _at(levels, "service", "sessionAffinity", source=source),
            "whether clients stay with their pods cannot differ between environments: " + _PART,
            hint="say it everywhere; only for how long can differ",
            code=CODE,
            key=True,
        )


def _hidden_metrics(old: Workload, new: Workload, levels: list[Pointer], source: Source) -> Iterator[Problem]:
    """A Service that leads out of the cluster leaves the port of the metrics out, and others do not."""
    if old.service is None or new.service is None or old.metrics is None or len(old.ports) < 2:
        return
    if (old.service.type == "ClusterIP") != (new.service.type == "ClusterIP"):
        yield source.problem(
            _at(levels, "service", "type", source=source),
            f"is {old.service.type} everywhere else; only a ClusterIP leads to the port of the metrics, "
            "so that the Service would have other ports here",
            hint="choose the same in every environment, or reach the workload by an ingress",
            code=CODE,
        )


def _volumes(old: Workload, new: Workload, levels: list[Pointer], source: Source) -> Iterator[Problem]:
    """Claims may be of another size or class, or have another name; what is mounted where stays."""
    before = {volume.path: volume for volume in old.volumes}
    for volume in new.volumes:
        was = before.get(volume.path)
        same = was and replace(volume, size=was.size, storage_class=was.storage_class, claim=was.claim)
        if was is None or same != was or (volume != was and not was.persistent):
            said = "is no volume in the other environments" if was is None else f"is {_kind(was)} everywhere else"
            yield source.problem(
                _at(levels, "volumes", volume.path, source=source),
                f"{said}; only the size, class or name of a claim can differ",
                hint="add it to the spec" if was is None else "",
                code=CODE,
                key=True,
            )


def _kind(volume: Volume) -> str:
    kinds = {
        Storage.CLAIM: f"a claim with {volume.access}",
        Storage.EXISTING: "an existing claim",
        Storage.TOKEN: "a token",
    }
    return kinds.get(volume.storage, f"scratch space of {volume.size}" if volume.size else "scratch space")


def _triggers(old: Workload, new: Workload, levels: list[Pointer], source: Source) -> Iterator[Problem]:
    """Who scales a workload, KEDA or an autoscaler of the chart's own, is the same everywhere."""
    if new.replicas.triggers and not old.replicas.triggers:
        yield source.problem(
            _at(levels, "replicas", "triggers", source=source),
            "makes KEDA scale the workload here alone, and every environment runs the same chart",
            hint="add the triggers to the spec; KEDA leaves alone what has no max above min",
            code=CODE,
            key=True,
        )
