"""The security contexts of a pod: its own, and those of its containers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.kube.access import PodSpec, mapping
from chartgen.location import Pointer


def contexts(pod: PodSpec) -> Iterator[tuple[str, Mapping[str, Any], Pointer]]:
    """Each security context that is given: whose it is in words, its fields, and where it stands."""
    own = mapping(pod.body, "securityContext")
    if own:
        yield "the pod", own, pod.at("securityContext")
    for container in pod.containers:
        if container.security:
            yield container.title, container.security, container.at("securityContext")
