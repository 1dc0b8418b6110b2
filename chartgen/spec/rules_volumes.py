"""Rules about volumes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chartgen.errors import Problem
from chartgen.spec.model import Kind, Workload
from chartgen.spec.model_volumes import Storage, Volume
from chartgen.spec.phrases import either
from chartgen.spec.scope import Scope
from chartgen.spec.units import amount, seconds
from chartgen.spec.volumes import KINDS, reserved

GOES_WITH: dict[str, tuple[Storage, ...]] = {
    "class": (Storage.CLAIM,),
    "access": (Storage.CLAIM, Storage.EXISTING),
    "expires": (Storage.TOKEN,),
}
"""The kinds of volumes that have a key."""


def forms(scope: Scope) -> Iterator[Problem]:
    """A volume is one thing, and has only what belongs to that."""
    for path, given in scope.given("volumes").items():
        if not isinstance(given, Mapping):
            continue
        kinds = [kind for kind in KINDS if kind in given]
        place = scope.at("volumes", path)
        if len(kinds) != 1:
            said = f"is both {' and '.join(kinds)}" if kinds else f"does not say what it is: {either(list(KINDS))}"
            yield scope.problem(place, said, hint="write one of them", code="volume-kind", key=True)
            continue
        for key, wanted in GOES_WITH.items():
            if key in given and kinds[0] not in wanted:
                yield scope.problem(
                    scope.at("volumes", path, key),
                    f"does not go with {kinds[0]}, only with {either(list(wanted))}",
                    hint="remove it",
                    code="volume-kind",
                    key=True,
                )
        if isinstance(given.get("expires"), str) and seconds(given["expires"]) < SHORTEST:
            yield scope.problem(
                scope.at("volumes", path, "expires"),
                f"{given['expires']!r} is less than the {SHORTEST}s a token is valid at least",
                hint="write 10m or more",
                code="out-of-range",
            )


SHORTEST = 600
"""Seconds a token is valid at least (Kubernetes' ServiceAccountTokenProjection)."""


def sizes(scope: Scope) -> Iterator[Problem]:
    """A number without a unit counts bytes, which nobody means."""
    for volume in scope.workload.volumes:
        if volume.size and amount(volume.size) < 1 << 20:
            unit = "Gi" if volume.storage is Storage.CLAIM else "Mi"
            digits = volume.size.rstrip("m")
            yield scope.problem(
                scope.at("volumes", volume.path, str(volume.storage)),
                f"{volume.size} means {amount(volume.size):g} bytes",
                hint=f"did you mean {digits}{unit}?" if digits.isdecimal() else f"use a unit such as {unit}",
                code="implausible-quantity",
            )


def names(scope: Scope) -> Iterator[Problem]:
    """Every volume of a pod has a name of its own."""
    seen: dict[str, str] = {}
    for volume in scope.workload.volumes:
        if reserved(volume.name) and volume.path != "/tmp":
            yield scope.problem(
                scope.at("volumes", volume.path, "name"),
                f"{volume.name!r} is the name of a volume that the chart has itself",
                hint="choose another name",
                code="volume-name-twice",
            )
        if volume.name in seen:
            yield scope.problem(
                scope.at("volumes", volume.path, "name"),
                f"{volume.name!r} is the name of {seen[volume.name]}",
                hint="choose another name",
                code="volume-name-twice",
            )
        seen.setdefault(volume.name, volume.path)


def access(scope: Scope) -> Iterator[Problem]:
    """A claim that one node can have is not for pods on several."""
    for volume in scope.workload.volumes:
        said = _crowd(scope.workload, volume) if volume.persistent and volume.access.single else ""
        if said:
            yield scope.problem(
                scope.at("volumes", volume.path),
                f"{volume.access} is for pods on one node, and {said}",
                hint=_cure(scope.workload, volume),
                code="volume-access",
                key=True,
            )


def _crowd(w: Workload, volume: Volume) -> str:
    """Why there may be several pods with the same claim; ``""`` when there are not."""
    shared = w.kind is Kind.DEPLOYMENT or volume.storage is Storage.EXISTING
    if w.kind.scales and shared and w.replicas.max > 1:
        return f"there are {'up to ' if w.replicas.autoscaled else ''}{w.replicas.max}"
    if w.kind is Kind.DAEMON_SET:
        return "a DaemonSet has one on every node"
    if w.run and w.run.parallelism > 1:
        return f"{w.run.parallelism} run at the same time"
    if w.schedule and w.schedule.concurrency == "Allow":
        return "with concurrency Allow several run at the same time"
    return ""


def _cure(w: Workload, volume: Volume) -> str:
    many = "access: ReadWriteMany where the storage class can"
    if w.kind.scales:
        own = ", or kind: StatefulSet, whose pods have a claim each" if volume.storage is Storage.CLAIM else ""
        return f"replicas: 1, {many}{own}"
    if w.schedule and w.schedule.concurrency == "Allow":
        return f"concurrency: Forbid, or {many}"
    return many if w.kind is Kind.DAEMON_SET else f"parallelism: 1, or {many}"


def early(scope: Scope) -> Iterator[Problem]:
    """What a hook brings along is removed after it, which is no place for data."""
    run = scope.workload.run
    for volume in scope.workload.volumes:
        if run and run.hooks and volume.storage is Storage.CLAIM:
            yield scope.problem(
                scope.at("volumes", volume.path),
                "belongs to the release, which is not complete while its hooks run",
                hint="name a claim that exists: {existing: NAME}, or take {tmp: true}",
                code="volume-of-hook",
                key=True,
            )


def places(scope: Scope) -> Iterator[Problem]:
    """Nothing else is mounted where a volume is, or where that could not be seen."""
    w = scope.workload
    taken = {use.mount: f"secrets.{use.name}" for use in w.secrets if use.mount}
    taken |= {file.path: "files" for file in w.files}
    for volume in w.volumes:
        what = taken.get(volume.path, "")
        if not what and (other := next((f for f in w.files if volume.path.startswith(f"{f.path}/")), None)):
            what = f"the file {other.path!r}"
        if not what and volume.path == "/tmp" and volume.storage not in (Storage.TMP, Storage.MEMORY):
            what = "the writable /tmp that every pod has"
        if what:
            yield scope.problem(
                scope.at("volumes", volume.path),
                f"{volume.path!r} is taken by {what}",
                hint="choose another path",
                code="mount-twice",
                key=True,
            )
