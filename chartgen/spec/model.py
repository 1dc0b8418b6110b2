"""The app spec as a value, every default filled in.

Made by ``spec.load`` from validated data only, so no field is None where a default exists. All collections keep the
order of the spec. Quantities stay Kubernetes' text (``250m``, ``512Mi``); durations are whole seconds. The parts of a
workload are defined beside this module, by what they are about; everyone imports them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chartgen.location import Location, Pointer
from chartgen.spec.model_containers import Container
from chartgen.spec.model_files import ConfigFile
from chartgen.spec.model_kinds import Kind, Run, Schedule, Stateful
from chartgen.spec.model_monitoring import Alerts, Monitoring
from chartgen.spec.model_needs import Fact, Need, Operated, Subchart
from chartgen.spec.model_permissions import Permission
from chartgen.spec.model_process import (
    AwsMode,
    EnvVar,
    ExternalSecret,
    Hook,
    Identity,
    Image,
    Lifecycle,
    Resources,
    SecretUse,
    Security,
    Shutdown,
)
from chartgen.spec.model_scaling import Auth, Fallback, Metric, Pace, Replicas, Trigger
from chartgen.spec.model_traffic import Gateway, Health, Ingress, Metrics, Network, Peer, PeerPort, Port, Probe, Service
from chartgen.spec.model_volumes import Access, Storage, Volume

__all__ = [
    "Access",
    "Alerts",
    "AppSpec",
    "Auth",
    "AwsMode",
    "ConfigFile",
    "Container",
    "EnvVar",
    "ExternalSecret",
    "Fact",
    "Fallback",
    "Gateway",
    "Health",
    "Hook",
    "Identity",
    "Image",
    "Ingress",
    "Kind",
    "Lifecycle",
    "Metric",
    "Metrics",
    "Monitoring",
    "Need",
    "Network",
    "Operated",
    "Pace",
    "Peer",
    "PeerPort",
    "Permission",
    "Port",
    "Probe",
    "Replicas",
    "Resources",
    "Run",
    "Schedule",
    "SecretUse",
    "Security",
    "Service",
    "Shutdown",
    "Stateful",
    "Storage",
    "Subchart",
    "Trigger",
    "Volume",
    "Workload",
]


@dataclass(frozen=True, slots=True)
class Workload:
    """One part of the application that runs on its own, and what goes with it.

    ``name`` is ``""`` when the spec has a single workload without a name of its own. ``component`` is the value of the
    label app.kubernetes.io/component, never empty. What is inherited is merged in: ``env``, ``secrets``, ``labels`` and
    the rest hold all that counts for this workload. ``service`` is None without declared ports; ``ports`` may then
    still hold the one that metrics are scraped from. ``needs`` are the names of those it has. ``stateful``,
    ``schedule`` and ``run`` are None for the kinds that do not have them; a CronJob has the last two.
    """

    name: str
    component: str
    image: Image
    replicas: Replicas
    resources: Resources
    security: Security
    shutdown: Shutdown
    kind: Kind = Kind.DEPLOYMENT
    stateful: Stateful | None = None
    schedule: Schedule | None = None
    run: Run | None = None
    ports: tuple[Port, ...] = ()
    service: Service | None = None
    health: Health = field(default_factory=Health)
    command: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    env: tuple[EnvVar, ...] = ()
    secrets: tuple[SecretUse, ...] = ()
    files: tuple[ConfigFile, ...] = ()
    volumes: tuple[Volume, ...] = ()
    containers: tuple[Container, ...] = ()
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    ingress: Ingress | None = None
    metrics: Metrics | None = None
    network: Network = field(default_factory=Network)
    needs: tuple[str, ...] = ()
    identity: Identity = field(default_factory=Identity)
    permissions: tuple[Permission, ...] = ()
    vpa: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)

    @property
    def pinned(self) -> bool:
        """Whether there can be one pod only, because a volume is for one node. A StatefulSet's pods have one each."""
        shared = (v for v in self.volumes if self.kind is not Kind.STATEFUL_SET or v.storage is Storage.EXISTING)
        return any(volume.persistent and volume.access.single for volume in shared)

    @property
    def web_port(self) -> Port | None:
        """The port that requests from outside go to, or would: one that speaks HTTP or gRPC, as far as can be told."""
        named = self.ingress.port if self.ingress else ""
        able = [
            port
            for port in self.ports
            if port.protocol == "TCP" and (port.name == named or port.web or self.health.asks(port))
        ]
        wanted = named or "http"
        return next((port for port in able if port.name == wanted), able[0] if able else None)

    @property
    def scales(self) -> bool:
        """Whether somebody may choose how many pods there are."""
        return self.kind.scales and not self.pinned


@dataclass(frozen=True, slots=True)
class AppSpec:
    """A whole application.

    ``single`` is true when the top-level keys describe the one workload; the chart then has the value names of
    ``helm create``. ``environments`` holds the whole application as it is in each; its chart would have the same
    templates. ``files`` are those that each of several workloads has unless it replaces them. ``origin`` maps places in
    the spec to where they stand, for messages after validation.
    """

    name: str
    version: str
    description: str
    image: Image
    workloads: tuple[Workload, ...]
    single: bool
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    files: tuple[ConfigFile, ...] = ()
    monitoring: Monitoring = field(default_factory=Monitoring)
    needs: tuple[Need, ...] = ()
    extra: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    environments: Mapping[str, AppSpec] = field(default_factory=dict)
    origin: Mapping[Pointer, Location] = field(default_factory=dict, compare=False, repr=False)
