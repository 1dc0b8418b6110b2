"""The places of an object that a path leads to, where a path may go through every entry of a list."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import PodSpec
from chartgen.kube.schemas import is_builtin
from chartgen.location import Pointer

EACH = "*"
"""Stands in a path for every entry of a list."""


def reach(body: Any, path: tuple[str, ...], at: Pointer = Pointer()) -> Iterator[tuple[Pointer, Any]]:
    """Each value at a path below ``at``, with its place; nothing where there is none."""
    if not path:
        yield at, body
    elif path[0] == EACH:
        for index, entry in enumerate(body if isinstance(body, list) else ()):
            yield from reach(entry, path[1:], at / index)
    elif isinstance(body, dict) and path[0] in body:
        yield from reach(body[path[0]], path[1:], at / path[0])


def in_pod(pod: PodSpec, path: tuple[str, ...]) -> Iterator[tuple[Pointer, Any]]:
    """Each value at a path in a pod spec; ``containers`` are those of all roles."""
    if path[0] != "containers":
        yield from reach(pod.body, path, pod.pointer)
        return
    for container in pod.containers:
        yield from reach(container.body, path[2:], container.pointer)


def is_own(obj: RenderedObject) -> bool:
    """Whether an object's kind is Kubernetes' own, not another project's of the same name."""
    return is_builtin(obj.api_version.rpartition("/")[0])
