"""What connects a workload, as values: ports, Service, probes, ingress, metrics and network peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Port:
    """A named container port and the Service port in front of it (80 for ``http``, else the same number)."""

    name: str
    port: int
    service: int
    protocol: str = "TCP"
    app_protocol: str = ""

    @property
    def grpc(self) -> bool:
        """Whether gRPC is spoken there: by its application protocol, or by its name where that is mere HTTP/2."""
        if self.protocol != "TCP":
            return False
        return self.app_protocol == GRPC or (self.app_protocol == H2C and called_grpc(self.name))

    @property
    def web(self) -> bool:
        """Whether HTTP or gRPC is spoken there, as far as its name and its application protocol tell."""
        said = self.app_protocol.lower().removeprefix("kubernetes.io/") or self.name.partition("-")[0]
        return self.protocol == "TCP" and said in WEB


WEB = frozenset(("http", "https", "http2", "h2c", "grpc", "web", "ws", "wss"))
"""Application protocols, and beginnings of the names of ports, that stand for requests over HTTP."""

GRPC = "grpc"
"""The application protocol of gRPC, as service meshes know it."""

H2C = "kubernetes.io/h2c"
"""HTTP/2 without TLS, which gRPC is too."""


def called_grpc(name: str) -> bool:
    """Whether a port's name says that gRPC is spoken there."""
    return name.partition("-")[0] == GRPC


@dataclass(frozen=True, slots=True)
class Service:
    """How the workload's ports are exposed inside or outside the cluster.

    ``type`` is ClusterIP, NodePort or LoadBalancer; a ``headless`` one is a ClusterIP without an address.
    ``load_balancer_class`` and ``annotations`` hold what the AWS Load Balancer Controller needs when ``aws`` is true.
    ``affinity`` is how many seconds a client stays with its pod (0: each connection may go to another one).
    """

    type: str = "ClusterIP"
    annotations: Mapping[str, str] = field(default_factory=dict)
    load_balancer_class: str = ""
    headless: bool = False
    affinity: int = 0


@dataclass(frozen=True, slots=True)
class Probe:
    """One probe. ``kind`` is http, tcp, grpc or exec; ``port`` is a port's name, or a number as text.

    Times are seconds; ``failures`` is failureThreshold.
    """

    kind: str
    path: str = ""
    port: str = ""
    command: tuple[str, ...] = ()
    period: int = 10
    timeout: int = 3
    failures: int = 3


@dataclass(frozen=True, slots=True)
class Health:
    """The three probes; None where there is none."""

    startup: Probe | None = None
    readiness: Probe | None = None
    liveness: Probe | None = None

    def asks(self, port: Port) -> bool:
        """Whether one of them sends a request to a port, and not merely connects."""
        probes = (self.startup, self.readiness, self.liveness)
        return any(p and p.kind in ("http", "grpc") and p.port in (port.name, str(port.port)) for p in probes)


@dataclass(frozen=True, slots=True)
class Gateway:
    """The Gateway a route attaches to; empty ``namespace`` means the release's own."""

    name: str
    namespace: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Ingress:
    """How the workload is reached from outside: an Ingress, or a route when ``gateway`` is given.

    ``port`` is a port's name. ``grpc`` is a second host, whose requests go to the gRPC port (empty: none).
    ``tls_secret`` is the Secret that holds the certificate; ``issuer`` a cert-manager ClusterIssuer (or ``kind/name``)
    that fills it. ``annotations`` hold what the controller of the ingress class needs to be told.
    """

    hosts: tuple[str, ...]
    path: str = "/"
    path_type: str = "Prefix"
    port: str = ""
    grpc: str = ""
    class_name: str = ""
    annotations: Mapping[str, str] = field(default_factory=dict)
    tls: bool = False
    tls_secret: str = ""
    issuer: str = ""
    gateway: Gateway | None = None


@dataclass(frozen=True, slots=True)
class Metrics:
    """Where Prometheus scrapes, and the names of the application's own request metrics (empty: it has none).

    ``port`` is a port's name, and ``beside`` its number where a sidecar has it. ``requests`` is a counter, ``errors``
    the PromQL label matcher of the failed ones (``status=~"5.."``), ``latency`` a histogram's base name in seconds.
    """

    path: str
    port: str
    interval: str = "30s"
    requests: str = ""
    errors: str = ""
    latency: str = ""
    beside: int = 0


@dataclass(frozen=True, slots=True)
class PeerPort:
    """Ports a peer may use: those from ``port`` to ``last``, which is often the same."""

    port: int
    last: int
    protocol: str = "TCP"


@dataclass(frozen=True, slots=True)
class Peer:
    """Someone allowed to talk: a workload or a need of this chart, another application's pods, a namespace, or a CIDR.

    Exactly one of ``workload``, ``need``, ``app`` (value of app.kubernetes.io/name), ``namespace`` alone, ``cidr`` is
    set; ``app`` may go with ``namespace``, and ``without`` holds ranges within ``cidr`` that are left out. ``ports``
    limits it (empty: all).
    """

    workload: str = ""
    app: str = ""
    namespace: str = ""
    cidr: str = ""
    without: tuple[str, ...] = ()
    ports: tuple[PeerPort, ...] = ()
    need: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """Who may talk to the workload and whom it may call. ``to`` None leaves egress open; DNS is always allowed.

    ``from_`` adds to what is always let in: the release's own pods, the ingress and the monitoring namespace.
    """

    enabled: bool = True
    from_: tuple[Peer, ...] = ()
    to: tuple[Peer, ...] | None = None
