"""What a schema cannot say about a spec: the list of rules, and those about the application as a whole.

Each rule names the keys it reads; it is silent where one of them is already known to be broken, so that one mistake
is one problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec import permissions, rules_names, rules_needs
from chartgen.spec import rules_containers as containers
from chartgen.spec import rules_files as files
from chartgen.spec import rules_ingress as ingress
from chartgen.spec import rules_kinds as kinds
from chartgen.spec import rules_lifecycle as lifecycle
from chartgen.spec import rules_needing as needing
from chartgen.spec import rules_network as network
from chartgen.spec import rules_pods as pods
from chartgen.spec import rules_ports as ports
from chartgen.spec import rules_scaling as scaling
from chartgen.spec import rules_secrets as secrets
from chartgen.spec import rules_service as service
from chartgen.spec import rules_settings as settings
from chartgen.spec import rules_siblings as siblings
from chartgen.spec import rules_trigger_access as trigger_access
from chartgen.spec import rules_triggers as triggers
from chartgen.spec import rules_volumes as volumes
from chartgen.spec.identity import one_cloud
from chartgen.spec.model import AppSpec
from chartgen.spec.scope import Rule, Scope
from chartgen.spec.source import Source

RULES: tuple[tuple[Rule, frozenset[str]], ...] = (
    (kinds.keys, kinds.READS),
    (kinds.schedule, frozenset(("kind", "schedule", "run"))),
    (kinds.timezone, frozenset(("timezone",))),
    (kinds.durations, frozenset(("deadline", "timeout", "ttl"))),
    (kinds.run, frozenset(("run", "ttl", "completions", "parallelism"))),
    (pods.image, frozenset(("image",))),
    (scaling.bounds, frozenset(("replicas",))),
    (scaling.effects, frozenset(("replicas",))),
    (scaling.targets, frozenset(("replicas", "resources", "sidecars"))),
    (scaling.conflicts, frozenset(("replicas", "volumes", "kind", "ingress"))),
    (scaling.metrics, frozenset(("replicas",))),
    (scaling.pace, frozenset(("replicas",))),
    (scaling.fallback, frozenset(("replicas",))),
    (triggers.kinds, frozenset(("replicas",))),
    (triggers.hours, frozenset(("replicas",))),
    (trigger_access.names, frozenset(("replicas",))),
    (trigger_access.access, frozenset(("replicas", "env", "secrets", "needs"))),
    (pods.resources, frozenset(("resources",))),
    (settings.env_sources, frozenset(("env",))),
    (settings.env_plain_secret, frozenset(("env",))),
    (settings.env_order, frozenset(("env",))),
    (settings.env_twice, frozenset(("env", "secrets"))),
    (settings.mounts, frozenset(("secrets",))),
    (secrets.sources, frozenset(("secrets",))),
    (lifecycle.hooks, frozenset(("lifecycle", "shutdown", "port", "ports", "metrics"))),
    (containers.names, frozenset(("init", "sidecars"))),
    (containers.images, frozenset(("init", "sidecars"))),
    (containers.mounts, frozenset(("init", "sidecars", "volumes"))),
    (containers.ports, frozenset(("init", "sidecars", "port", "ports", "metrics"))),
    (volumes.forms, frozenset(("volumes",))),
    (volumes.sizes, frozenset(("volumes",))),
    (volumes.names, frozenset(("volumes",))),
    (volumes.access, frozenset(("volumes", "replicas", "kind", "schedule", "run", "parallelism", "concurrency"))),
    (volumes.early, frozenset(("volumes", "run", "kind"))),
    (volumes.places, frozenset(("volumes", "files", "secrets"))),
    (files.forms, frozenset(("files",))),
    (files.sizes, frozenset(("files",))),
    (files.marks, frozenset(("files",))),
    (files.places, frozenset(("files", "secrets"))),
    (settings.security, frozenset(("security",))),
    (one_cloud, frozenset(("identity",))),
    (permissions.resources, frozenset(("permissions",))),
    (permissions.refused, frozenset(("permissions",))),
    (permissions.secrets, frozenset(("permissions",))),
    (permissions.names, frozenset(("permissions",))),
    (permissions.cluster, frozenset(("permissions",))),
    (permissions.reachable, frozenset(("permissions", "network"))),
    (settings.shutdown, frozenset(("shutdown",))),
    (settings.labels, frozenset(("labels",))),
    (ports.port_or_ports, frozenset(("port", "ports"))),
    (ports.ports_twice, frozenset(("port", "ports"))),
    (service.service, frozenset(("service", "port", "ports", "ingress", "kind"))),
    (ports.health_forms, frozenset(("health",))),
    (ports.health_ports, frozenset(("health", "port", "ports", "metrics"))),
    (ingress.forms, frozenset(("ingress",))),
    (ingress.port, frozenset(("ingress", "port", "ports", "service"))),
    (ingress.path, frozenset(("ingress", "port", "ports"))),
    (network.metrics, frozenset(("metrics", "port", "ports", "sidecars"))),
    (network.failed_requests, frozenset(("metrics",))),
    (network.peers, frozenset(("network",))),
    (needing.known, frozenset(("needs",))),
    (needing.sources, frozenset(("needs", "env", "init", "sidecars"))),
    (needing.variables, frozenset(("needs", "env", "secrets"))),
    (siblings.variables, frozenset(("env", "init", "sidecars", "network"))),
    (needing.early, frozenset(("needs", "run", "kind"))),
)

WORKLOAD_ONLY = (kinds.READS - {"vpa"}) | {
    "args", "command", "init", "lifecycle", "network", "permissions", "shutdown", "sidecars", "volumes",
}  # fmt: skip
"""Keys that describe one workload and are not inherited."""

LONGEST_SUFFIX = "-test-connection"
"""The longest ending of a name in a generated chart; it must fit behind ``<name>-<workload>`` within 63 characters."""

NO_NAMES = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
"""Words that YAML reads as something else wherever a template prints one of them without quotes."""

LONGEST_NAME = 63
"""Characters in the name of a Service, a label's value, a container (RFC 1123 labels)."""


def judge(
    app: AppSpec, data: Mapping[str, Any], source: Source, broken: frozenset[tuple[str | int, ...]]
) -> Iterator[Problem]:
    """All problems of a spec whose broken keys were taken out."""
    yield from _beside_workloads(source)
    if ("workloads",) in broken:
        return
    scopes = [_scope(app, index, data, source) for index in range(len(app.workloads))]
    ill_keys: dict[tuple[str | int, ...], set[str]] = {}
    for parts in broken:
        ill_keys.setdefault(parts[:-1], set()).add(str(parts[-1]) if parts else "")
    for scope in scopes:
        ill = ill_keys.get((), set()) | ill_keys.get(scope.pointer.parts, set())
        for rule, reads in RULES:
            if ill.isdisjoint(reads):
                yield from rule(scope)
    yield from _names(app, source)
    yield from rules_names.alike(app, source)
    yield from _words(app, source)
    yield from ingress.hosts(scopes)
    yield from _extra(app, source)
    yield from _thresholds(app, source, broken)
    yield from rules_needs.needs(app, data, source)


def _beside_workloads(source: Source) -> Iterator[Problem]:
    """Keys of a single workload do not go with several."""
    data = source.document.data
    named = data.get("workloads")
    if not named or not isinstance(named, dict):
        return
    example = next(iter(named))
    for key in data:
        if key in WORKLOAD_ONLY:
            yield source.problem(
                Pointer((key,)),
                "belongs to one workload and cannot be combined with 'workloads'",
                hint=f"move it into the workload it belongs to, e.g. workloads.{example}.{key}",
                code="beside-workloads",
                key=True,
            )


def _scope(app: AppSpec, index: int, data: Mapping[str, Any], source: Source) -> Scope:
    workload = app.workloads[index]
    if app.single:
        return Scope(app, workload, data, data, Pointer(), source)
    return Scope(app, workload, data["workloads"][workload.name], data, Pointer(("workloads", workload.name)), source)


def _names(app: AppSpec, source: Source) -> Iterator[Problem]:
    room = LONGEST_NAME - len(LONGEST_SUFFIX)
    for workload in app.workloads:
        name = f"{app.name}-{workload.name}"
        if workload.name and app.name and len(name) > room:
            yield source.problem(
                Pointer(("workloads", workload.name)),
                f"{name + LONGEST_SUFFIX!r} would have {len(name + LONGEST_SUFFIX)} characters; "
                f"Kubernetes allows {LONGEST_NAME}",
                hint=f"shorten the workload's name to {max(1, room - len(app.name) - 1)} characters",
                code="name-too-long",
                key=True,
            )


def _words(app: AppSpec, source: Source) -> Iterator[Problem]:
    """Names that would reach the cluster as a boolean or as nothing."""
    named = [(Pointer(("name",)), app.name)]
    for workload in app.workloads:
        place = Pointer() if app.single else Pointer(("workloads", workload.name))
        named += [(place, workload.name)] if workload.name else []
        named += [(place / "ports" / port.name, port.name) for port in workload.ports]
    for place, name in named:
        if name in NO_NAMES:
            yield source.problem(
                place,
                f"{name!r} cannot be a name: where Helm reads YAML it means {_meaning(name)}",
                hint="choose another name",
                code="word-as-name",
                key=len(place.parts) > 1,
            )


def _meaning(word: str) -> str:
    return "null" if word == "null" else "true" if word in ("y", "yes", "on", "true") else "false"


def _extra(app: AppSpec, source: Source) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str, str], str] = {}
    for key, body in app.extra.items():
        metadata = body.get("metadata") or {}
        name = metadata.get("name")
        if not name:
            yield source.problem(
                Pointer(("extra", key, "metadata", "name")),
                "the object has no metadata.name",
                hint="give it a name",
                code="extra-without-name",
            )
            continue
        version, kind = str(body.get("apiVersion")), str(body.get("kind"))
        identity = (version, kind, str(metadata.get("namespace", "")), str(name))
        if identity in seen:
            yield source.problem(
                Pointer(("extra", key)),
                f"{kind}/{name} is already in extra.{seen[identity]}",
                hint="remove one of the two",
                code="object-twice",
            )
        seen.setdefault(identity, key)
        if kind == "Secret" and (body.get("data") or body.get("stringData")):
            yield source.problem(
                Pointer(("extra", key, "data" if body.get("data") else "stringData")),
                "holds the values of a Secret, which everyone who reads the spec can see",
                hint="name an existing Secret under 'secrets' instead",
                code="plain-secret",
                key=True,
                warning=True,
            )


def _thresholds(app: AppSpec, source: Source, broken: frozenset[tuple[str | int, ...]]) -> Iterator[Problem]:
    """Thresholds of alerts that no workload's metrics can feed."""
    if any("metrics" in parts or "monitoring" in parts for parts in broken):
        return
    for key, metric in (("errorRate", "errors"), ("latency", "latency")):
        place = Pointer(("monitoring", "alerts", key))
        fed = any(w.metrics is not None and getattr(w.metrics, metric) for w in app.workloads)
        if source.existing(place) == place and not fed:
            yield source.problem(
                place,
                f"has no effect, because no workload has metrics.{metric}",
                hint=f"name it under metrics, or remove {key}",
                code="no-effect",
                key=True,
                warning=True,
            )
