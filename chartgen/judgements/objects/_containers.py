"""Containers of two states of a workload, and where their images come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import Container, Image, pod_spec
from chartgen.location import Pointer


def missing(old: RenderedObject, new: RenderedObject) -> Iterator[tuple[Container, Container | None]]:
    """The containers of one object that are not in the other, each with the one that has its image under a new name."""
    first, second = pod_spec(old.kind, old.body), pod_spec(new.kind, new.body)
    if first is None or second is None:
        return
    there = {one.name for one in second.containers}
    here = {one.name for one in first.containers}
    fresh = [one for one in second.containers if one.name not in here]
    for one in first.containers:
        if one.name not in there:
            match = next((other for other in fresh if _is_same(one, other)), None)
            if match is not None:
                fresh.remove(match)
            yield one, match


def _is_same(one: Container, other: Container) -> bool:
    """Whether two containers of different names do the same."""
    images = [repository(box.image.text).rpartition("/")[2] for box in (one, other)]
    return one.long_running is other.long_running and images[0] == images[1] != ""


def is_of_first(field: Pointer) -> bool:
    """Whether a field is one of the pod's first container, for which the pod is there; others help it."""
    parts = field.parts
    return "containers" in parts and parts[parts.index("containers") + 1 :][:1] == (0,)


def repository(reference: Any) -> str:
    """Where an image comes from, its registry always named: ``web:1.0`` is from ``docker.io/library/web``."""
    if not isinstance(reference, str):
        return ""
    path = Image.parse(reference).repository
    host, slash, rest = path.partition("/")
    if not slash or not ("." in host or ":" in host or host == "localhost"):
        host, rest = "docker.io", path
    if host in ("index.docker.io", "registry-1.docker.io"):
        host = "docker.io"
    return f"{host}/library/{rest}" if host == "docker.io" and "/" not in rest else f"{host}/{rest}"
