"""Containers beside the application's own: from a spec's maps to values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.spec.exposure import ports
from chartgen.spec.model_containers import Container
from chartgen.spec.probes import health
from chartgen.spec.process import env_var, image, resources
from chartgen.spec.units import text


def containers(own: Mapping[str, Any]) -> Iterator[Container]:
    """The ones of a workload, in the order in which they start: ``sidecars``, which others may need, then ``init``."""
    for key in ("sidecars", "init"):
        for name, value in own.get(key, {}).items():
            yield _container(name, value if isinstance(value, Mapping) else {"image": value}, init=key == "init")


def _container(name: str, given: Mapping[str, Any], *, init: bool) -> Container:
    mounts = given.get("mounts", {})
    declared = ports({"ports": given["ports"]}) if "ports" in given else ()
    return Container(
        name=name,
        resources=resources({}, given.get("resources", {})),
        image=image(given["image"]) if "image" in given else None,
        init=init,
        command=tuple(map(text, given.get("command", ()))),
        args=tuple(map(text, given.get("args", ()))),
        env=tuple(env_var(key, value) for key, value in given.get("env", {}).items()),
        mounts=dict(mounts) if isinstance(mounts, Mapping) else {path: path for path in mounts},
        ports=declared,
        health=health(given.get("health"), declared),
    )
