"""What the rules about directories of the node share."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from chartgen.kube.access import PodSpec, get, items, text
from chartgen.location import Pointer

SOCKETS = ("docker.sock", "containerd.sock", "crio.sock", "cri-dockerd.sock", "dockershim.sock", "podman.sock")
"""What the sockets of container runtimes are called."""

SOCKET_FOLDERS = ("/run/containerd", "/run/crio", "/run/podman", "/run/docker", "/run/dockershim")
"""Where container runtimes keep theirs, below / or /var."""


def host_paths(pod: PodSpec) -> Iterator[tuple[str, str, Pointer]]:
    """The hostPath volumes of a pod: volume name, normalised path (``""`` for none), and where the path stands."""
    for index, volume in enumerate(items(pod.body, "volumes")):
        if isinstance(get(volume, "hostPath"), dict):
            path = text(volume, "hostPath", "path")
            at = pod.at("volumes", index, "hostPath", "path")
            yield text(volume, "name"), posixpath.normpath(path) if path else "", at


def holds_runtime_socket(
    path: str, sockets: tuple[str, ...] = SOCKETS, folders: tuple[str, ...] = SOCKET_FOLDERS
) -> bool:
    """Whether a path of the node is the socket of its container runtime, or a folder made for it."""
    return posixpath.basename(path) in sockets or (path.startswith("/") and path.removeprefix("/var") in folders)


def is_mounted(pod: PodSpec, volume: str) -> bool:
    """Whether a container of the pod mounts a volume."""
    return any(
        text(mount, "name") == volume for container in pod.containers for mount in items(container.body, "volumeMounts")
    )


def is_mounted_writable(pod: PodSpec, volume: str) -> bool:
    """Whether a container of the pod can write to a volume."""
    return any(
        text(mount, "name") == volume and mount.get("readOnly") is not True
        for container in pod.containers
        for mount in items(container.body, "volumeMounts")
        if isinstance(mount, dict)
    )
