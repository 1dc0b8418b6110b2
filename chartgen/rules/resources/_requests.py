"""What a container requests and may use, after Kubernetes' own defaulting."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.kube.access import Container, PodSpec, get, mapping


def long_running(pod: PodSpec) -> Iterator[Container]:
    """The containers that run as long as their pod; init containers end before it works."""
    return (container for container in pod.containers if container.long_running)


def requests(pod: PodSpec, container: Container, resource: str) -> bool:
    """Whether a container requests a resource: itself, by a limit (which becomes its request), or through its pod."""
    return any(
        get(mapping(body, "resources", part), resource) is not None
        for body in (container.body, pod.body)
        for part in ("requests", "limits")
    )


def limits(pod: PodSpec, container: Container, resource: str) -> bool:
    """Whether a container's use of a resource is limited: by itself or by its pod."""
    return any(get(body, "resources", "limits", resource) is not None for body in (container.body, pod.body))
