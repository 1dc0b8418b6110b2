"""What a container requests and may use, after Kubernetes' own defaulting."""

from collections.abc import Iterator
from typing import Any, Literal

from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec, get, mapping
from chartgen.kube.quantity import parse
from chartgen.tuples import NamedTuple

Which = Literal["long-running", "main", "all"]
"""Which containers are judged: those that run as long as their pod (sidecars among them), those under ``containers``,
or init containers too."""


class ResourceOptions(NamedTuple):
    """The options of the rules that ask a container for a request or a limit; each rule's page explains them."""

    containers: Which = "long-running"
    explicit: bool = False
    zero: bool = False
    skip_partial: bool = False


def chosen(pod: PodSpec, which: Which) -> Iterator[Container]:
    """The containers of a pod that a rule judges."""
    for container in pod.containers:
        if (
            container.role == "main"
            or (which == "long-running" and container.long_running)
            or (which == "all" and container.role != "ephemeral")
        ):
            yield container


def lacking(pod: PodSpec, options: ResourceOptions, part: str, resource: str) -> Iterator[Container]:
    """The containers without a request (``part`` is ``requests``) or a limit (``limits``) of a resource.

    Unless the options say ``explicit``, a limit is a request of the same size, and what the pod as a whole has counts.
    """
    for container in chosen(pod, options.containers):
        resources = container.body.get("resources")
        if options.skip_partial and isinstance(resources, dict) and not isinstance(resources.get(part), dict):
            continue
        if options.explicit:
            size = get(resources, part, resource)
            if size is None or (is_unset(size) and not options.zero):
                yield container
        elif not (requests if part == "requests" else limits)(pod, container, resource):
            yield container


def is_unset(amount: Any) -> bool:
    """Whether an amount is missing or nothing, which Kubernetes' own library cannot tell apart."""
    return amount is None or parse(amount) == 0


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


def amount(container: Container, part: str, resource: str, otherwise: str) -> Fix:
    """The fix that gives a container a request or a limit: as much as the other of the two, or a usual amount."""
    other = get(container.body, "resources", "limits" if part == "requests" else "requests", resource)
    size = otherwise if is_unset(other) else other
    name = f"{resource} {part.removesuffix('s')}"
    wanted = SetField(container.at("resources", part, resource), size)
    return Fix(f"set the {name} to {size}", (wanted,), safe=False)
