"""What the templates print: an app spec with every name, key and condition worked out (by ``resolve``).

A template computes nothing. Whatever depends on the spec alone stands here; whatever can change when the chart is
installed is a value (see ``values``) whose key is named here.
"""

from __future__ import annotations

from dataclasses import dataclass

from chartgen.generate.files import FilesView
from chartgen.generate.kinds import Counts, Names
from chartgen.generate.needs import NeedEnv, NeedView
from chartgen.generate.parts import CallView, ContainerView, EntranceView, EnvView, MountView, PortView, TestView
from chartgen.generate.permissions import Rule, role_rules
from chartgen.generate.secrets import MadeSecret
from chartgen.generate.volumes import VolumeView
from chartgen.spec.model import AppSpec, Kind, Metrics, Workload


@dataclass(frozen=True, slots=True)
class WorkloadView:
    """One workload and what goes with it.

    ``values`` is where its settings begin (``.Values`` or ``.Values.web``), ``helper`` the prefix of its templates
    (``shop`` or ``shop.web``), ``prefix`` that of its files, ``label`` what to call it in host names and Secrets.
    ``service_ports`` are those of its Service; metrics on a port that is none of them are scraped from the pods.
    ``counts`` is None for pods that end. ``hooks`` are Helm's events at which a Job runs, in one text; ``early`` when
    what it needs must be hooks, too; ``once`` for a Job that is no hook, whose template then names the rules that are
    ``allowed``. ``told`` are its variables about ``needs``, to which it may connect.
    """

    workload: Workload
    name: str
    key: str
    values: str
    helper: str
    component: str
    container: str
    label: str
    prefix: str
    base_length: int
    names: Names
    counts: Counts | None
    hooks: str
    early: bool
    once: bool
    allowed: str
    ports: tuple[PortView, ...]
    has_service: bool
    service_ports: tuple[PortView, ...]
    scraped_by_service: bool
    web_port: PortView | None
    grpc_port: PortView | None
    served_ports: tuple[PortView, ...]
    env: tuple[EnvView, ...]
    env_from: tuple[str, ...]
    mounts: tuple[MountView, ...]
    files: FilesView | None
    volumes: tuple[VolumeView, ...]
    containers: tuple[ContainerView, ...]
    secrets: dict[str, str]
    made: dict[str, MadeSecret]
    config_maps: dict[str, str]
    calls: tuple[CallView, ...]
    told: tuple[NeedEnv, ...]
    needs: tuple[NeedView, ...]
    test: TestView | None
    pod_labels: dict[str, str]
    pod_annotations: dict[str, str]

    @property
    def kind(self) -> Kind:
        """The Kubernetes object it becomes."""
        return self.workload.kind

    @property
    def scales(self) -> bool:
        """Whether somebody may choose how many pods there are."""
        return self.workload.scales

    @property
    def route(self) -> str:
        """The setting of the route that leads where the Ingress does."""
        return "grpcRoute" if self.web_port is not None and self.web_port.grpc else "httpRoute"

    @property
    def apart(self) -> bool:
        """Whether gRPC has a port, and a route, beside those of the other requests."""
        return self.grpc_port is not None and self.grpc_port != self.web_port

    @property
    def entrances(self) -> tuple[EntranceView, ...]:
        """The ports that requests from outside come to."""
        web = (EntranceView(self.web_port, ("ingress", self.route)),) if self.web_port else ()
        return (*web, *((EntranceView(self.grpc_port, ("grpcRoute",)),) if self.grpc_port and self.apart else ()))

    @property
    def scaler(self) -> str:
        """The settings of what scales it: KEDA's where the spec has triggers."""
        return "keda" if self.workload.replicas.triggers else "autoscaling"

    @property
    def all_env(self) -> tuple[EnvView, ...]:
        """The variables of all its containers."""
        return (*self.env, *(e for view in self.containers for e in view.env))

    @property
    def takes_over(self) -> bool:
        """Whether a new pod of a Deployment needs the volume that the old one has."""
        return self.kind is Kind.DEPLOYMENT and self.workload.pinned

    @property
    def claims(self) -> tuple[VolumeView, ...]:
        """The volumes that outlive the pods."""
        return tuple(view for view in self.volumes if view.volume.persistent)

    @property
    def claim_templates(self) -> tuple[VolumeView, ...]:
        """The volumes of which every pod of a StatefulSet gets its own."""
        return tuple(view for view in self.volumes if view.templated)

    @property
    def tmp_volume(self) -> str:
        """The volume at /tmp, which all containers have."""
        return next((view.name for view in self.volumes if view.volume.path == "/tmp"), "tmp")

    @property
    def own_tmp(self) -> bool:
        """Whether the spec says what is at /tmp."""
        return any(view.volume.path == "/tmp" for view in self.volumes)

    @property
    def given(self) -> tuple[MadeSecret, ...]:
        """The Secrets it uses whose values are given at install."""
        return tuple(made for made in self.made.values() if made.external is None)

    @property
    def pod_format(self) -> str:
        """The regular expression of its pods' names, with ``%s`` for its own."""
        return f"%s{self.names.pods}"

    @property
    def job_format(self) -> str:
        """The regular expression of its Jobs' names, with ``%s`` for its own."""
        return f"%s{self.names.jobs}"

    @property
    def role(self) -> tuple[Rule, ...]:
        """The rules of its Role."""
        return role_rules(self.workload.permissions, cluster=False)

    @property
    def cluster_role(self) -> tuple[Rule, ...]:
        """The rules of its ClusterRole."""
        return role_rules(self.workload.permissions, cluster=True)

    @property
    def metrics(self) -> Metrics | None:
        """Where metrics are scraped, or None."""
        return self.workload.metrics


@dataclass(frozen=True, slots=True)
class SecretCopy:
    """A Secret of the chart as it is written down: for the release, or for a Job ``w``; ``template`` has its name."""

    made: MadeSecret
    w: WorkloadView | None
    template: str

    @property
    def suffix(self) -> str:
        """The end of its name."""
        return self.made.suffix(self.w)

    @property
    def room(self) -> int:
        """How long the beginning of its name may be."""
        return self.made.room(self.w)


@dataclass(frozen=True, slots=True)
class SecretChoice:
    """A workload's use of a Secret of the chart: ``ref`` is the setting that names an existing one instead."""

    ref: str
    made: MadeSecret
    w: WorkloadView
    template: str


@dataclass(frozen=True, slots=True)
class ImageView:
    """An image the chart runs, for Artifact Hub."""

    name: str
    reference: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """The whole chart. ``names`` says how long the name of all its objects may be."""

    spec: AppSpec
    name: str
    single: bool
    names: Names
    workloads: tuple[WorkloadView, ...]
    needs: tuple[NeedView, ...]
    version: str
    description: str
    app_version: str
    kube_version: str
    images: tuple[ImageView, ...]
    secrets: tuple[MadeSecret, ...]
    digest: str
    tested: bool

    @property
    def everywhere(self) -> tuple[Workload, ...]:
        """The workloads as they are by default and in each environment."""
        return tuple(w for app in (self.spec, *self.spec.environments.values()) for w in app.workloads)

    @property
    def dependencies(self) -> tuple[NeedView, ...]:
        """The needs that other charts bring along."""
        return tuple(view for view in self.needs if view.need.chart)

    @property
    def other_images(self) -> bool:
        """Whether a container beside an application's own has an image of its own."""
        return any(view.container.image for w in self.workloads for view in w.containers)

    @property
    def copies(self) -> tuple[SecretCopy, ...]:
        """The Secrets of the chart: each for the release, and for every Job that runs before the release is there."""
        result: list[SecretCopy] = []
        for made in self.secrets:
            users = [w for w in self.workloads if made in w.made.values()]
            result += [SecretCopy(made, None, self._named(made, None))] * any(not w.early for w in users)
            result += [SecretCopy(made, w, self._named(made, w)) for w in users if w.early]
        return tuple(result)

    @property
    def given(self) -> tuple[SecretCopy, ...]:
        """Those with values that are given at install."""
        return tuple(copy for copy in self.copies if copy.made.external is None)

    @property
    def external(self) -> tuple[SecretCopy, ...]:
        """Those that come from a store."""
        return tuple(copy for copy in self.copies if copy.made.external is not None)

    @property
    def choices(self) -> tuple[SecretChoice, ...]:
        """For each use of a Secret of the chart, which one it is unless an existing one is used."""
        return tuple(
            SecretChoice(ref, made, w, self._named(made, w if w.early else None))
            for w in self.workloads
            for ref, made in w.made.items()
        )

    def _named(self, made: MadeSecret, w: WorkloadView | None) -> str:
        """The named template with the name of a Secret, or of a Job's own one."""
        return f"{self.name if w is None else w.helper}.{made.key}Secret"
