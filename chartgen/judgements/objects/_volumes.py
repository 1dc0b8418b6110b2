"""The volumes of two states of a workload: which moved, and which keep data."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import get, items, pod_spec, text
from chartgen.location import Pointer


def moved(old: RenderedObject, new: RenderedObject) -> Iterator[str]:
    """The volumes that a container mounts at other paths than before, or other folders of which, or no longer."""
    first, second = (_mounts(obj) for obj in (old, new))
    for place, paths in first.items():
        if paths - second.get(place, frozenset()):
            yield place[1]


def closed(old: RenderedObject, new: RenderedObject) -> Iterator[str]:
    """The volumes that a container could write to and cannot any more."""
    first, second = (_writable(obj) for obj in (old, new))
    yield from sorted(name for container, name in first - second if (container, name) in _mounts(new))


def _writable(obj: RenderedObject) -> frozenset[tuple[str, str]]:
    pod = pod_spec(obj.kind, obj.body)
    mounts = ((one.name, mount) for one in (pod.containers if pod else ()) for mount in items(one.body, "volumeMounts"))
    return frozenset((name, text(mount, "name")) for name, mount in mounts if get(mount, "readOnly") is not True)


def _mounts(obj: RenderedObject) -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
    """Where each container has each volume, and which folder of it."""
    pod = pod_spec(obj.kind, obj.body)
    found: dict[tuple[str, str], frozenset[tuple[str, str]]] = {}
    for container in pod.containers if pod else ():
        for mount in items(container.body, "volumeMounts"):
            place = (container.name, text(mount, "name"))
            folder = text(mount, "subPath") or text(mount, "subPathExpr")
            found[place] = found.get(place, frozenset()) | {(text(mount, "mountPath").rstrip("/"), folder)}
    return found


def keeps_data(obj: RenderedObject, name: str) -> bool:
    """Whether a volume is a claim, rather than configuration or scratch space."""
    if any(get(claim, "metadata", "name") == name for claim in items(obj.body, "spec", "volumeClaimTemplates")):
        return True
    pod = pod_spec(obj.kind, obj.body)
    volumes = items(pod.body, "volumes") if pod else []
    return any(text(one, "name") == name and get(one, "persistentVolumeClaim") is not None for one in volumes)


def has_data(obj: RenderedObject, field: Pointer) -> bool:
    """Whether the container that a field is of keeps the data of a workload: it is the first that mounts a claim (those
    after it help it), or the first one of a StatefulSet of which none does.
    """
    pod = pod_spec(obj.kind, obj.body)
    main = [one for one in pod.containers if one.role == "main"] if pod else []
    keeping, known = [], set[str]()
    for one in main:
        claims = {name for mount in items(one.body, "volumeMounts") if keeps_data(obj, name := text(mount, "name"))}
        keeping += [one] if claims - known else []
        known |= claims
    if not keeping and obj.kind == "StatefulSet":
        keeping = main[:1]
    return any(one.pointer.parts == field.parts[:-1] for one in keeping)
