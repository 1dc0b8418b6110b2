"""The small parts of a ``WorkloadView``: what a pod, and the Service before it, is made of, as templates print it."""

from __future__ import annotations

from dataclasses import dataclass

from chartgen.generate.needs import NeedEnv
from chartgen.spec.model import Container, PeerPort


@dataclass(frozen=True, slots=True)
class PortView:
    """A port with its keys: ``containerPorts.<key>`` and ``service.<service_key>``."""

    name: str
    key: str
    service_key: str
    number: int
    service: int
    protocol: str
    app_protocol: str
    grpc: bool


@dataclass(frozen=True, slots=True)
class CalledView:
    """Where another workload of the chart is found: the prefix of its named templates, and its Service's settings.

    ``fact`` is host, port or ``both``, which ``format`` puts together as Go's ``printf`` does.
    """

    helper: str
    service: str
    fact: str
    format: str = ""


@dataclass(frozen=True, slots=True)
class EnvView:
    """An environment variable. ``bare``: its name needs neither quotes in YAML nor ``index`` in a Go template.

    ``source`` is value, secret, config, need, workload, field or resource; ``ref`` the values key of the Secret or
    ConfigMap, ``key`` the key inside it (or the pod's field), ``text`` the value, ``told`` what is said about a need,
    ``called`` where a workload is found.
    """

    name: str
    bare: bool
    source: str
    ref: str = ""
    key: str = ""
    text: str = ""
    told: NeedEnv | None = None
    called: CalledView | None = None


@dataclass(frozen=True, slots=True)
class MountView:
    """A Secret mounted as files: the volume's name, the path, and its key in ``existingSecrets``."""

    volume: str
    path: str
    ref: str


@dataclass(frozen=True, slots=True)
class ContainerView:
    """A container beside the application's own; its settings begin at ``values``, which is ``block`` and ``key``.

    ``mounts`` are volumes, paths, and whether it may only read there.
    """

    container: Container
    block: str
    key: str
    values: str
    env: tuple[EnvView, ...]
    ports: tuple[PortView, ...]
    mounts: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class EntranceView:
    """A port that requests from outside come to, and the settings that open the ways to it: ``ingress``, a route."""

    port: PortView
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallView:
    """A workload of the same chart that may be called; no ``ports`` means all."""

    helper: str
    ports: tuple[PeerPort, ...]


@dataclass(frozen=True, slots=True)
class TestView:
    """What ``helm test`` connects to: a path over HTTP, or the port alone when ``path`` is empty.

    A ``plain`` path may stand in YAML as it is. ``suffix`` ends the pod's name, and ``base_length`` is what it leaves
    of 63 characters.
    """

    service_key: str
    path: str
    plain: bool
    suffix: str
    base_length: int
