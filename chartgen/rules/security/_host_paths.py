"""What the rules about directories of the node share."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from chartgen.kube.access import PodSpec, items, text
from chartgen.location import Pointer

_SOCKETS = frozenset(
    {"docker.sock", "containerd.sock", "crio.sock", "cri-dockerd.sock", "dockershim.sock", "podman.sock"}
)
_SOCKET_FOLDERS = frozenset({"/run/containerd", "/run/crio", "/run/podman", "/run/docker", "/run/dockershim"})


def host_paths(pod: PodSpec) -> Iterator[tuple[str, str, Pointer]]:
    """The hostPath volumes of a pod: volume name, normalised path, and where the path stands."""
    for index, volume in enumerate(items(pod.body, "volumes")):
        path = text(volume, "hostPath", "path")
        if path:
            yield text(volume, "name"), posixpath.normpath(path), pod.at("volumes", index, "hostPath", "path")


def holds_runtime_socket(path: str) -> bool:
    """Whether a path of the node is the socket of its container runtime, or a folder made for it."""
    return posixpath.basename(path) in _SOCKETS or path.removeprefix("/var") in _SOCKET_FOLDERS


def is_mounted_writable(pod: PodSpec, volume: str) -> bool:
    """Whether a container of the pod can write to a volume."""
    return any(
        text(mount, "name") == volume and mount.get("readOnly") is not True
        for container in pod.containers
        for mount in items(container.body, "volumeMounts")
        if isinstance(mount, dict)
    )
