"""Which object of one rendering became which of another.

An object is the same one in a cluster when API group, kind, namespace and name are. Of those that have no match so,
some have another name (the same kind, and a body that is nearly the same), and some are of another kind under the same
name (a Deployment that became a StatefulSet).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from chartgen.compare.converted import group_of
from chartgen.compare.normal import resource
from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import WORKLOADS, pod_spec
from chartgen.tuples import NamedTuple

Key = tuple[str, str, str, str]
"""API group, kind, namespace and name: what makes an object the same one in a cluster."""

Two = tuple[RenderedObject, RenderedObject]

FAMILIES: Final = (
    frozenset(("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Rollout")),
    frozenset(("ConfigMap", "Secret", "ExternalSecret", "SealedSecret")),
    frozenset(("Role", "ClusterRole")),
    frozenset(("RoleBinding", "ClusterRoleBinding")),
    frozenset(("Job", "CronJob", "Pod")),
)
"""Kinds that do one thing: an object that is another of them under its old name took that one's place."""


class Pairing(NamedTuple):
    """The objects of two renderings, matched. ``replaced`` are those of another kind under the same name."""

    same: tuple[Two, ...]
    renamed: tuple[Two, ...]
    replaced: tuple[Two, ...]
    removed: tuple[RenderedObject, ...]
    added: tuple[RenderedObject, ...]


def key(obj: RenderedObject, namespace: str) -> Key:
    """What makes an object the same one in a cluster; ``namespace`` is the release's."""
    space = (obj.namespace or namespace) if resource(obj).namespaced else ""
    return (group_of(obj.api_version, obj.kind), obj.kind, space, obj.name)


def pair(
    old: Iterable[RenderedObject],
    new: Iterable[RenderedObject],
    namespace: str,
    is_same_name: Callable[[RenderedObject, RenderedObject], bool],
) -> Pairing:
    """Match the objects of two renderings. ``is_same_name`` says of two names whether they are one but for a hash."""
    before = {key(obj, namespace): obj for obj in old}
    after = {key(obj, namespace): obj for obj in new}
    same = tuple((obj, after[at]) for at, obj in before.items() if at in after)
    left = {at: obj for at, obj in before.items() if at not in after}
    right = {at: obj for at, obj in after.items() if at not in before}
    replaced = _replaced(left, right)
    renamed = _renamed(left, right, is_same_name)
    return Pairing(same, renamed, replaced, tuple(left.values()), tuple(right.values()))


def _replaced(left: dict[Key, RenderedObject], right: dict[Key, RenderedObject]) -> tuple[Two, ...]:
    found = []
    for at, obj in tuple(left.items()):
        family = next((kinds for kinds in FAMILIES if obj.kind in kinds), frozenset((obj.kind,)))
        match = next((other for other in right if _took_place(at, other, family)), None)
        if match is not None:
            found.append((left.pop(at), right.pop(match)))
    return tuple(found)


def _took_place(old: Key, new: Key, family: frozenset[str]) -> bool:
    return new[1] in family and new[3] == old[3] and (new[2] == old[2] or "" in (old[2], new[2]))


_ENOUGH = 0.72


def _renamed(
    left: dict[Key, RenderedObject],
    right: dict[Key, RenderedObject],
    is_same_name: Callable[[RenderedObject, RenderedObject], bool],
) -> tuple[Two, ...]:
    """The best match first; each object is matched once. What a template renders alone of its kind on both sides is one
    object, whatever else changed in it.
    """
    alone = set(_alone(left)) & set(_alone(right))
    rated = []
    for number, (at, obj) in enumerate(left.items()):
        for place, (to, other) in enumerate(right.items()):
            if at[:2] == to[:2] and bool(obj.hooks) is bool(other.hooks):
                score = 2.0 if is_same_name(obj, other) else _alike(obj, other)
                if obj.source == other.source and (obj.source, obj.kind) in alone and _may_be_one(obj, other):
                    score = max(score, _ENOUGH)
                if score >= _ENOUGH:
                    rated.append((-score, number, place, at, to))
    found = []
    for _, _, _, at, to in sorted(rated, key=lambda one: one[:3]):
        if at in left and to in right:
            found.append((left.pop(at), right.pop(to)))
    return tuple(found)


def _alone(some: Mapping[Key, RenderedObject]) -> Iterator[tuple[str, str]]:
    """The templates and the kinds of which each renders one object."""
    counts = Counter((obj.source, obj.kind) for obj in some.values())
    yield from (at for at, count in counts.items() if count == 1)


def _may_be_one(old: RenderedObject, new: RenderedObject) -> bool:
    return old.kind not in WORKLOADS or _same_containers(old, new)


def _alike(old: RenderedObject, new: RenderedObject) -> float:
    """From 0 to 1, how much two objects of one kind are one: by what is in them, and by their names."""
    if old.name == new.name:
        return 1.0  # another namespace
    from difflib import SequenceMatcher

    names = SequenceMatcher(None, old.name, new.name, autojunk=False).ratio()
    body = max(_common(_leaves(old, name), _leaves(new, other)) for name, other in ((old.name, new.name), ("", "")))
    if body < 0:
        return names if _same_role(old, new) else 0.0
    if not _may_be_one(old, new):
        return 0.0
    return 0.7 * body + 0.3 * names


def _same_role(old: RenderedObject, new: RenderedObject) -> bool:
    at = "app.kubernetes.io/component"
    return bool(old.labels.get(at) == new.labels.get(at))


def _same_containers(old: RenderedObject, new: RenderedObject) -> bool:
    """Whether two workloads run one image in common, whatever its tag or registry."""
    images = [
        {one.image.repository.rpartition("/")[2] for one in spec.containers} if spec else set()
        for spec in (pod_spec(old.kind, old.body), pod_spec(new.kind, new.body))
    ]
    return bool(images[0] & images[1])


_METADATA = frozenset(("apiVersion", "kind", "metadata", "status"))


def _common(first: Mapping[tuple[str, str], int], second: Mapping[tuple[str, str], int]) -> float:
    """From 0 to 1, how much of two objects is the same; -1 when there is nothing in either."""
    both = sum(first.values()) + sum(second.values())
    return 2 * sum(min(count, second.get(leaf, 0)) for leaf, count in first.items()) / both if both else -1.0


def _leaves(obj: RenderedObject, own: str) -> Mapping[tuple[str, str], int]:
    """How often each field with its value stands in an object; ``own``, its name, counts as no difference."""
    found: dict[tuple[str, str], int] = {}
    for name, value in obj.body.items():
        if name not in _METADATA:
            _count(value, name, own, found)
    return found


_MOST_LEAVES = 2_000


def _count(value: Any, path: str, name: str, found: dict[tuple[str, str], int]) -> None:
    if len(found) > _MOST_LEAVES:
        return
    if isinstance(value, dict):
        for part, item in value.items():
            _count(item, f"{path}.{part}", name, found)
    elif isinstance(value, list):
        for item in value:
            _count(item, f"{path}[]", name, found)
    elif value is not None:
        leaf = (path, str(value).replace(name, "*") if name else str(value))
        found[leaf] = found.get(leaf, 0) + 1
