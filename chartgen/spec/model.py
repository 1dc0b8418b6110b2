"""The app spec as a value, every default filled in.

Made by ``spec.load`` from validated data only, so no field is None where a default exists. All collections keep the
order of the spec. Quantities stay Kubernetes' text (``250m``, ``512Mi``); durations are whole seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chartgen.location import Location, Pointer


@dataclass(frozen=True, slots=True)
class Image:
    """A container image. ``tag`` may be empty when a digest is given; the registry is part of ``repository``."""

    repository: str
    tag: str = ""
    digest: str = ""
    pull_policy: str = "IfNotPresent"
    pull_secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Port:
    """A named container port and the Service port in front of it (80 for ``http``, else the same number)."""

    name: str
    port: int
    service: int
    protocol: str = "TCP"
    app_protocol: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """How the workload's ports are exposed inside or outside the cluster.

    ``type`` is ClusterIP, NodePort or LoadBalancer. ``load_balancer_class`` and ``annotations`` are filled with the AWS
    NLB preset by defaults when ``aws`` is true.
    """

    type: str = "ClusterIP"
    annotations: Mapping[str, str] = field(default_factory=dict)
    load_balancer_class: str = ""


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


@dataclass(frozen=True, slots=True)
class Replicas:
    """How many pods. An HPA exists in the chart's values when ``max`` > ``min``; ``cpu`` and ``memory`` are target
    utilisation in percent of the request, 0 for none.
    """

    min: int
    max: int
    cpu: int = 70
    memory: int = 0

    @property
    def autoscaled(self) -> bool:
        """Whether a HorizontalPodAutoscaler sets the number."""
        return self.max > self.min


@dataclass(frozen=True, slots=True)
class Resources:
    """Requests and limits in Kubernetes' quantities, e.g. ``{"cpu": "100m"}``."""

    requests: Mapping[str, str]
    limits: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EnvVar:
    """One environment variable: exactly one of ``value`` (text), a Secret's key, a ConfigMap's key or a pod field."""

    name: str
    value: str | None = None
    secret: str = ""
    config: str = ""
    key: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class SecretUse:
    """An existing Secret: ``all_env`` takes every key, ``env`` maps variables to keys, ``mount`` is a path."""

    name: str
    all_env: bool = False
    env: Mapping[str, str] = field(default_factory=dict)
    mount: str = ""


@dataclass(frozen=True, slots=True)
class Gateway:
    """The Gateway an HTTPRoute attaches to; empty ``namespace`` means the release's own."""

    name: str
    namespace: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Ingress:
    """How the workload is reached from outside: an Ingress, or an HTTPRoute when ``gateway`` is given.

    ``tls_secret`` is the Secret that holds the certificate; ``issuer`` a cert-manager ClusterIssuer (or ``kind/name``)
    that fills it. ``certificate_arn`` belongs to the ``alb`` class.
    """

    hosts: tuple[str, ...]
    path: str = "/"
    path_type: str = "Prefix"
    port: str = ""
    class_name: str = ""
    annotations: Mapping[str, str] = field(default_factory=dict)
    tls: bool = False
    tls_secret: str = ""
    issuer: str = ""
    gateway: Gateway | None = None


@dataclass(frozen=True, slots=True)
class Metrics:
    """Where Prometheus scrapes, and the names of the application's own request metrics (empty: it has none).

    ``port`` is a port's name. ``requests`` is a counter, ``errors`` the PromQL label matcher of the failed ones
    (``status=~"5.."``), ``latency`` a histogram's base name in seconds.
    """

    path: str
    port: str
    interval: str = "30s"
    requests: str = ""
    errors: str = ""
    latency: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """Someone allowed to talk: a workload of this chart, another application's pods, a namespace, or a CIDR.

    Exactly one of ``workload``, ``app`` (value of app.kubernetes.io/name), ``namespace`` alone, ``cidr`` is set;
    ``app`` may go with ``namespace``. ``ports`` limits it (numbers; empty: all).
    """

    workload: str = ""
    app: str = ""
    namespace: str = ""
    cidr: str = ""
    ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Who may talk to the workload and whom it may call. ``to`` None leaves egress open; DNS is always allowed.

    ``from_`` adds to what is always let in: the release's own pods, the ingress and the monitoring namespace.
    """

    enabled: bool = True
    from_: tuple[Peer, ...] = ()
    to: tuple[Peer, ...] | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """The cloud identity of the pods. ``aws`` is an IAM role's ARN (IRSA)."""

    aws: str = ""


@dataclass(frozen=True, slots=True)
class Security:
    """Who the process is and what it may do; the defaults satisfy Pod Security ``restricted``."""

    user: int = 10001
    group: int = 10001
    writable_root: bool = False
    capabilities: tuple[str, ...] = ()
    privileged: bool = False


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Seconds: ``sleep`` before SIGTERM (0: none), ``grace`` for the whole termination."""

    grace: int = 30
    sleep: int = 5


@dataclass(frozen=True, slots=True)
class Workload:
    """One Deployment of the application and what goes with it.

    ``name`` is ``""`` when the spec has a single workload without a name of its own. ``component`` is the value of the
    label app.kubernetes.io/component, never empty. What is inherited is merged in: ``env``, ``secrets``, ``labels`` and
    the rest hold all that counts for this workload. ``service`` is None without declared ports; ``ports`` may then
    still hold the one that metrics are scraped from.
    """

    name: str
    component: str
    image: Image
    replicas: Replicas
    resources: Resources
    security: Security
    shutdown: Shutdown
    ports: tuple[Port, ...] = ()
    service: Service | None = None
    health: Health = Health()
    command: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    env: tuple[EnvVar, ...] = ()
    secrets: tuple[SecretUse, ...] = ()
    ingress: Ingress | None = None
    metrics: Metrics | None = None
    network: Network = Network()
    identity: Identity = Identity()
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alerts:
    """Thresholds of the built-in alerts. Percentages are whole numbers; durations Prometheus' text (``10m``).

    ``cpu`` percent of the request, ``throttling`` percent of periods, ``memory`` percent of the limit, ``restarts`` in
    an hour, ``not_ready`` how long pods may be unready, ``hpa_max`` how long an HPA may stay at its maximum,
    ``error_rate`` percent of requests (may be a fraction), ``latency`` seconds at the 99th percentile.
    """

    enabled: bool = True
    cpu: int = 90
    throttling: int = 25
    memory: int = 90
    restarts: int = 3
    not_ready: str = "10m"
    hpa_max: str = "15m"
    error_rate: float = 5
    latency: float = 1.0


@dataclass(frozen=True, slots=True)
class Monitoring:
    """Alerts and the dashboard. ``labels`` go on ServiceMonitors, PodMonitors and PrometheusRules so that Prometheus
    picks them up; ``runbooks`` is the base URL of the runbook links (empty: no links).
    """

    enabled: bool = True
    alerts: Alerts = Alerts()
    dashboard: bool = True
    labels: Mapping[str, str] = field(default_factory=dict)
    runbooks: str = ""


@dataclass(frozen=True, slots=True)
class AppSpec:
    """A whole application.

    ``single`` is true when the top-level keys describe the one workload; the chart then has the value names of
    ``helm create``. ``origin`` maps places in the spec to where they stand, for messages after validation.
    """

    name: str
    version: str
    description: str
    image: Image
    workloads: tuple[Workload, ...]
    single: bool
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    monitoring: Monitoring = Monitoring()
    extra: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    origin: Mapping[Pointer, Location] = field(default_factory=dict, compare=False, repr=False)
