"""Rules about the containers beside the application's own."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import Container
from chartgen.spec.phrases import meant
from chartgen.spec.rules_pods import MOVING
from chartgen.spec.rules_ports import no_port
from chartgen.spec.scope import Scope


def place(scope: Scope, container: Container, *parts: str | int) -> Pointer:
    """Where a container stands in the spec."""
    return scope.pointer + Pointer(("init" if container.init else "sidecars", container.name, *parts))


def names(scope: Scope) -> Iterator[Problem]:
    """Every container of a pod has a name of its own; the application's is that of its workload."""
    w = scope.workload
    taken = {w.name or scope.app.name: "the application's own container"}
    for container in w.containers:
        if container.name in taken:
            yield scope.problem(
                place(scope, container),
                f"{container.name!r} is the name of {taken[container.name]}",
                hint="choose another name",
                code="container-name-twice",
                key=True,
            )
        taken.setdefault(container.name, "init" if container.init else "a sidecar")


def images(scope: Scope) -> Iterator[Problem]:
    """An image of another kind needs a version as the application's does; one that is the same does something else."""
    for container in scope.workload.containers:
        image = container.image
        if image is None:
            if not container.command and not container.args:
                yield scope.problem(
                    place(scope, container),
                    "would run the application once more: it has the same image and says nothing else",
                    hint="give it an image, a command or args",
                    code="container-same",
                    key=True,
                )
        elif not image.digest and image.tag.lower() in ("", *MOVING):
            said = (
                f"the tag {image.tag!r} moves" if image.tag else f"{image.repository!r} has neither a tag nor a digest"
            )
            yield scope.problem(
                place(scope, container, "image"),
                said,
                hint=f"name a version, e.g. {image.repository}:1.4.2",
                code="floating-tag",
            )


def mounts(scope: Scope) -> Iterator[Problem]:
    """What a container mounts is a volume of its workload, each at a path of its own."""
    paths = [volume.path for volume in scope.workload.volumes]
    for container in scope.workload.containers:
        seen = {"/tmp": "the writable /tmp that every pod has"}
        for path, inside in container.mounts.items():
            where = place(scope, container, "mounts")
            if path not in paths:
                known = f"its volumes are {', '.join(paths)}" if paths else f"add: volumes: {{{path}: 1Gi}}"
                yield scope.problem(
                    where, f"there is no volume {path!r}{meant(path, paths)}", hint=known, code="no-volume", key=True
                )
            elif inside in seen and path != inside:
                yield scope.problem(
                    where, f"{inside!r} is taken by {seen[inside]}", hint="choose another path", code="mount-twice",
                    key=True,
                )  # fmt: skip
            seen.setdefault(inside, f"the volume {path!r}")


def ports(scope: Scope) -> Iterator[Problem]:
    """The containers of a pod share its ports, and a check needs one that exists."""
    numbers = {(port.port, port.protocol): "the application" for port in scope.workload.ports}
    called = {port.name: "the application" for port in scope.workload.ports}
    for container in scope.workload.containers:
        for port in container.ports:
            other = called.get(port.name) or numbers.get((port.port, port.protocol))
            if other:
                yield scope.problem(
                    place(scope, container, "ports", port.name),
                    f"the port is taken by {other}",
                    hint="the containers of a pod share its ports: choose another name and number",
                    code="port-twice",
                )
            called.setdefault(port.name, container.name)
            numbers.setdefault((port.port, port.protocol), container.name)
        health = container.health
        for probe in dict.fromkeys((health.startup, health.readiness, health.liveness)):
            if probe and probe.kind != "exec" and not probe.port.isdecimal():
                if not container.ports:
                    said = "the container has no port to check"
                    where = place(scope, container, "health")
                    yield scope.problem(where, said, hint="add: ports: {http: 8080}", code="no-port", key=True)
                    break
                if probe.port not in {port.name for port in container.ports}:
                    yield no_port(scope, place(scope, container, "health"), probe.port, container.ports)
                    break
