"""How a pod's security settings changed: which step made it stricter, which looser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.kube.access import Container, PodSpec, get
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple


class Step(NamedTuple):
    """One setting that changed, as a container or the pod has it. ``is_stricter`` says in which direction;
    ``is_large`` whether what ran before may well not run any more.
    """

    field: str
    before: Any
    after: Any
    is_stricter: bool
    is_large: bool
    old: Pointer
    new: Pointer


_STRICT = {"runAsNonRoot": True, "readOnlyRootFilesystem": True, "allowPrivilegeEscalation": False, "privileged": False}
"""Settings with two values, and the stricter one."""

_IDS = ("runAsUser", "runAsGroup")
_PROFILES = {"RuntimeDefault": 1, "Localhost": 2}


def steps(old: PodSpec, new: PodSpec) -> Iterator[Step]:
    """The settings that changed of the pod, and of each container that is on both sides."""
    for field in ("fsGroup", "supplementalGroups"):
        before, after = (get(pod.body, "securityContext", field) or None for pod in (old, new))
        places = old.at("securityContext", field), new.at("securityContext", field)
        if before != after:
            yield Step(field, before, after, after is not None, True, *places)
    there = {one.name: one for one in new.containers}
    for one in old.containers:
        if one.name in there:
            yield from _container(old, one, new, there[one.name])


def _container(old: PodSpec, one: Container, new: PodSpec, other: Container) -> Iterator[Step]:
    for field, strict in _STRICT.items():
        (before, place), (after, there) = old.effective(one, field), new.effective(other, field)
        was, now = (value is strict or (value is None and field == "privileged") for value in (before, after))
        if was is not now:
            is_large = field != "allowPrivilegeEscalation"
            yield Step(field, before, after, now, is_large, place, there)
    for field in _IDS:
        (before, place), (after, there) = old.effective(one, field), new.effective(other, field)
        if before != after:
            yield Step(field, before, after, after not in (None, 0), True, place, there)
    (before, place), (after, there) = old.effective(one, "seccompProfile"), new.effective(other, "seccompProfile")
    first, second = (_PROFILES.get(str(get(value, "type")), 0) for value in (before, after))
    if first != second:
        names = get(before, "type"), get(after, "type")
        yield Step("seccompProfile", *names, second > first, False, place, there)
    yield from _capabilities(one, other)


def _capabilities(one: Container, other: Container) -> Iterator[Step]:
    for key, is_stricter in (("drop", True), ("add", False)):
        before, after = (set(box.dropped if is_stricter else box.added) for box in (one, other))
        places = one.at("securityContext", "capabilities", key), other.at("securityContext", "capabilities", key)
        if "ALL" in before & after and before != after:
            continue
        if after - before:
            yield Step(f"capabilities.{key}", None, ", ".join(sorted(after - before)), is_stricter, False, *places)
        if before - after:
            gone = ", ".join(sorted(before - after))
            yield Step(f"capabilities.{key}", gone, None, not is_stricter, key == "add", *places)


def told(some: list[Step]) -> str:
    """Some steps in a message: ``runAsUser: 0 -> 1001``."""
    texts = dict.fromkeys(f"{step.field}: {_word(step.before)} -> {_word(step.after)}" for step in some)
    return ", ".join(texts)


def _word(value: Any) -> str:
    return "unset" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
