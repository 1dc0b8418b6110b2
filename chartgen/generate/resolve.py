"""Works out what the templates print: names, keys and conditions that follow from the spec alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chartgen.generate import allowed, kinds, names
from chartgen.generate.files import files_view
from chartgen.generate.fingerprint import fingerprint
from chartgen.generate.needs import NeedView, need_views, reached, told, variable
from chartgen.generate.parts import CalledView, CallView, ContainerView, EnvView, MountView, PortView, TestView
from chartgen.generate.secrets import made_secrets, used_secrets
from chartgen.generate.view import ChartView, ImageView, WorkloadView
from chartgen.generate.volumes import volume_views
from chartgen.spec.model import AppSpec, EnvVar, Fact, Image, Port, Probe, Workload
from chartgen.yamlwrite import is_bare

KUBE_VERSION = "1.30.0"
"""The oldest Kubernetes that knows every field the charts use: preStop.sleep is on by default since 1.30 (KEP-3960)."""

ROOT_KEYS = (
    "image", "imagePullSecrets", "nameOverride", "fullnameOverride", "commonLabels", "commonAnnotations", "monitoring",
    "test", "extraObjects", "externalSecrets", "secretValues", "needs", "global", "enabled",
)  # fmt: skip
"""The values keys of a whole chart, which no workload of that name can have."""


def resolve(spec: AppSpec) -> ChartView:
    """Work out everything the templates of this spec print."""
    keys = names.keys((w.name for w in spec.workloads), ROOT_KEYS)
    views = need_views(spec)
    workloads = tuple(_workload(spec, w, keys, views) for w in spec.workloads)
    others = {reference(c.image): c.name for w in reversed(spec.workloads) for c in w.containers if c.image}
    images = {**others, **{reference(w.workload.image): w.container for w in reversed(workloads)}}
    return ChartView(
        spec=spec,
        name=spec.name,
        single=spec.single,
        names=workloads[0].names if spec.single else kinds.USUAL,
        workloads=workloads,
        needs=views,
        version=spec.version,
        description=spec.description,
        app_version=spec.image.tag or spec.image.digest.replace(":", "-")[:19],
        kube_version=KUBE_VERSION,
        images=tuple(ImageView(name, image) for image, name in reversed(images.items())),
        secrets=made_secrets(spec),
        digest=fingerprint(spec),
        tested=any(w.test for w in workloads),
    )


def reference(image: Image) -> str:
    """An image as a container runtime wants it."""
    return f"{image.repository}@{image.digest}" if image.digest else f"{image.repository}:{image.tag}"


def _workload(spec: AppSpec, w: Workload, keys: dict[str, str], needs: tuple[NeedView, ...]) -> WorkloadView:
    key = "" if spec.single else keys[w.name]
    ports = _ports(w.ports)
    has_service = bool(ports) and w.service is not None
    leads_to = w.web_port
    web = next((port for port in ports if leads_to and port.name == leads_to.name), None) if has_service else None
    grpc = next((port for port in (web, *ports) if port and port.grpc), None) if has_service else None
    metrics_port = w.metrics.port if w.metrics else None
    served = tuple(p for p in ports if p.name != metrics_port or p == web)
    # A load balancer, or a port of every node, would show the metrics to the world.
    inside = w.service is not None and w.service.type == "ClusterIP"
    exposed = (ports if inside or not served else served) if has_service else ()
    every = [*w.env, *(e for container in w.containers for e in container.env)]
    secrets = names.keys([*(e.secret for e in every if e.secret), *(s.name for s in w.secrets)])
    config_maps = names.keys(e.config for e in every if e.config)
    begins = {one: (f"{spec.name}.{one}", f".Values.{one_key}") for one, one_key in keys.items() if one}
    sources = _Sources(secrets, config_maps, needs, begins)
    named = kinds.names(w)
    return WorkloadView(
        workload=w,
        name=w.name or spec.name,
        key=key,
        values=f".Values.{key}" if key else ".Values",
        helper=spec.name if spec.single else f"{spec.name}.{w.name}",
        component=w.component,
        container=w.name or spec.name,
        label=spec.name if spec.single else f"{spec.name}-{w.name}",
        prefix="" if spec.single else f"{w.name}-",
        base_length=named.longest - 1 - len(w.name),
        names=named,
        counts=kinds.COUNTS.get(w.kind),
        hooks=",".join(w.run.hooks) if w.run else "",
        early=kinds.before_the_rest(w.run),
        once=kinds.runs_once(w),
        allowed=allowed.rights(w.security) if kinds.runs_once(w) else "",
        ports=ports,
        has_service=has_service,
        service_ports=exposed,
        scraped_by_service=any(port.name == metrics_port for port in exposed),
        web_port=web,
        grpc_port=grpc,
        served_ports=served,
        env=tuple(_env(w, sources)),
        env_from=tuple(secrets[s.name] for s in w.secrets if s.all_env),
        mounts=_mounts(w, secrets),
        files=files_view(spec, w, _occupied(w)),
        volumes=volume_views(w),
        containers=_containers(w, f".Values.{key}" if key else ".Values", sources),
        secrets=secrets,
        made=used_secrets(w, secrets, made_secrets(spec)),
        config_maps=config_maps,
        calls=tuple(
            CallView(spec.name if spec.single else f"{spec.name}.{peer.workload}", peer.ports)
            for peer in w.network.to or ()
            if peer.workload
        ),
        told=told(w, needs),
        needs=reached(w, needs),
        test=_test(w, web or next((port for port in exposed if port.protocol == "TCP"), None)),
        pod_labels=_beyond(w.labels, spec.labels),
        pod_annotations=_beyond(w.annotations, spec.annotations),
    )


def _beyond(own: Mapping[str, str], common: Mapping[str, str]) -> dict[str, str]:
    """What a workload has beyond what every object has."""
    return {key: value for key, value in own.items() if common.get(key) != value}


def _ports(ports: tuple[Port, ...]) -> tuple[PortView, ...]:
    """The ports; ``service.port`` is that of ``http``, or else of the first."""
    keys = names.keys(port.name for port in ports)
    main = next((port.name for port in ports if port.name == "http"), ports[0].name if ports else "")
    return tuple(
        PortView(
            name=port.name,
            key=keys[port.name],
            service_key="port" if port.name == main else f"{keys[port.name]}Port",
            number=port.port,
            service=port.service,
            protocol=port.protocol,
            app_protocol=port.app_protocol,
            grpc=port.grpc,
        )
        for port in ports
    )


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where variables come from: the values keys of Secrets and ConfigMaps, the needs, and where workloads begin."""

    secrets: Mapping[str, str]
    config_maps: Mapping[str, str]
    needs: tuple[NeedView, ...]
    workloads: Mapping[str, tuple[str, str]]


def _env(w: Workload, sources: _Sources) -> list[EnvView]:
    # Secrets come first: Kubernetes expands $(NAME) only to variables that stand earlier in the list.
    result = [
        EnvView(name, _bare(name), "secret", sources.secrets[use.name], key)
        for use in w.secrets
        for name, key in use.env.items()
    ]
    return [*result, *_variables(w.env, sources)]


_BOTH = {"address": "%s:%d", "url": "http://%s:%d"}


def _variables(env: tuple[EnvVar, ...], sources: _Sources) -> list[EnvView]:
    result = []
    for e in env:
        if e.secret:
            result.append(EnvView(e.name, _bare(e.name), "secret", sources.secrets[e.secret], e.key))
        elif e.config:
            result.append(EnvView(e.name, _bare(e.name), "config", sources.config_maps[e.config], e.key))
        elif e.need:
            view = next(view for view in sources.needs if view.name == e.need)
            result.append(EnvView(e.name, _bare(e.name), "need", told=variable(e.name, view, Fact(e.fact))))
        elif e.workload:
            helper, values = sources.workloads[e.workload]
            both = _BOTH.get(e.fact, "")
            called = CalledView(helper, f"{values}.service", "both" if both else e.fact, both)
            result.append(EnvView(e.name, _bare(e.name), "workload", called=called))
        elif e.field:
            result.append(EnvView(e.name, _bare(e.name), "field", key=e.field))
        elif e.resource:
            result.append(EnvView(e.name, _bare(e.name), "resource", key=e.resource))
        else:
            result.append(EnvView(e.name, _bare(e.name), "value", text=e.value or ""))
    return result


def _containers(w: Workload, values: str, sources: _Sources) -> tuple[ContainerView, ...]:
    keys = names.keys(container.name for container in w.containers)
    volumes = {volume.path: volume for volume in w.volumes}
    return tuple(
        ContainerView(
            container=container,
            block=(block := "initContainers" if container.init else "sidecars"),
            key=keys[container.name],
            values=f"{values}.{block}.{keys[container.name]}",
            env=tuple(_variables(container.env, sources)),
            ports=_ports(container.ports),
            mounts=tuple(
                (volumes[path].name, inside, volumes[path].read_only) for path, inside in container.mounts.items()
            ),
        )
        for container in w.containers
    )


def _bare(name: str) -> bool:
    return name.isidentifier() and name.isascii() and is_bare(name)


def _occupied(w: Workload) -> tuple[str, ...]:
    """Where something else than files is mounted."""
    return ("/tmp", *(use.mount for use in w.secrets if use.mount), *(volume.path for volume in w.volumes))


def _mounts(w: Workload, secrets: dict[str, str]) -> tuple[MountView, ...]:
    mounted = [use for use in w.secrets if use.mount]
    files = [f"files-{number}" for number in range(2, len(w.files) + 2)]
    result, taken = [], {"tmp", "files", *files, *(volume.name for volume in w.volumes)}
    for number, use in enumerate(mounted):
        volume = use.name.replace(".", "-")
        if len(volume) > 63 or volume in taken:
            volume = f"secret-{number}"
        taken.add(volume)
        result.append(MountView(volume, use.mount, secrets[use.name]))
    return tuple(result)


_PLAIN_PATH = re.compile(r"/[A-Za-z0-9_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_/])?", re.ASCII)


def _test(w: Workload, port: PortView | None) -> TestView | None:
    """The test of a port that answers; None without one that speaks TCP."""
    if port is None:
        return None
    probes = (w.health.readiness, w.health.liveness, w.health.startup)
    path = next((probe.path for probe in probes if probe is not None and _reaches(probe, port)), "")
    suffix = f"{w.name}-test-connection" if w.name else "test-connection"
    return TestView(port.service_key, path, _PLAIN_PATH.fullmatch(path) is not None, suffix, max(62 - len(suffix), 1))


def _reaches(probe: Probe, port: PortView) -> bool:
    return probe.kind == "http" and probe.port in ("", port.name, str(port.number))
