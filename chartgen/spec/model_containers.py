"""The containers of a pod beside the application's own, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chartgen.spec.model_process import EnvVar, Image, Resources
from chartgen.spec.model_traffic import Health, Port


@dataclass(frozen=True, slots=True)
class Container:
    """A container that runs before the application (``init``), or beside it for as long as the pod lives.

    Without an ``image`` it has the workload's. ``mounts`` pairs the paths of the workload's volumes with those in this
    container. ``ports`` and ``health`` are those of a sidecar.
    """

    name: str
    resources: Resources
    image: Image | None = None
    init: bool = False
    command: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    env: tuple[EnvVar, ...] = ()
    mounts: Mapping[str, str] = field(default_factory=dict)
    ports: tuple[Port, ...] = ()
    health: Health = field(default_factory=Health)
