"""Environments: a part of a spec laid over the rest of it, judged like a spec of its own.

What an environment changes must reach the chart through its values, since every environment runs the same chart. The
schema lists the keys that can; ``rules_environments`` looks at what is in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec import rules_needs_environments
from chartgen.spec.defaults import build
from chartgen.spec.model import AppSpec
from chartgen.spec.rules import judge
from chartgen.spec.rules_environments import differences, kinds, strangers
from chartgen.spec.source import Source
from chartgen.tuples import NamedTuple
from chartgen.yamlbuild import YamlMap

KEY = "environments"

SHORT: dict[tuple[str, ...], tuple[str, ...]] = {
    ("replicas",): ("min", "max"),
    ("replicas", "fallback"): ("replicas",),
    ("ingress",): ("host",),
    ("ingress", "gateway"): ("name",),
    ("service",): ("type",),
    ("shutdown",): ("grace",),
    ("identity", "aws"): ("role",),
}
"""Keys whose scalar is short for an object, with the keys it has there: both forms are laid over each other alike."""

NAMED: dict[tuple[str, ...], tuple[str, ...]] = {
    ("volumes",): ("size",),
    ("replicas", "metrics"): ("average",),
    ("needs",): ("kind",),
}
"""The same for each entry of maps whose keys are names."""

WHOLE = frozenset([("image",), ("ingress", "tls")])
"""Keys that are replaced as a whole, whatever form they have."""


class Environment(NamedTuple):
    """One environment: its whole application, None when it is wrong, and what is wrong or doubtful about it."""

    name: str
    app: AppSpec | None
    problems: tuple[Problem, ...]


def environments(app: AppSpec, names: Iterable[str], source: Source, told: Iterable[Problem]) -> Iterator[Environment]:
    """The environments of an application without errors, whose ``told`` problems are not said again."""
    known = {problem.message for problem in told}
    for name in names:
        changed, found = _environment(app, name, source, known)
        yield Environment(name, None if any(not problem.warning for problem in found) else changed, tuple(found))


def _environment(
    app: AppSpec, name: str, source: Source, known: Collection[str]
) -> tuple[AppSpec | None, list[Problem]]:
    data = source.document.data
    place, part = Pointer((KEY, name)), data[KEY][name]
    found = [*strangers(app, part, place, source), *rules_needs_environments.strangers(app, part, place, source)]
    if found:
        return None, found
    over = replace(source, document=source.document._replace(data=_merged(data, part)))
    changed = build(over.document.data, over)
    found = list(kinds(app, changed, place, source))
    if found:
        return None, found
    new = (one for one in judge(changed, over.document.data, over, frozenset()) if one.message not in known)
    found = [moved for one in new if (moved := _moved(one, place, source))]
    if all(one.warning for one in found):
        found += differences(app, changed, place, source)
        found += rules_needs_environments.differences(app, changed, place, source)
    return changed, found


def _merged(data: YamlMap, part: YamlMap) -> YamlMap:
    """The spec with one environment's part laid over it."""
    rest = _copy(data)
    del rest[KEY]
    merged = _laid(rest, part, ())
    if "workloads" in part:
        workloads = _copy(data["workloads"])
        for name, own in part["workloads"].items():
            workloads[name] = _laid(workloads[name], own, ())
            workloads.events[name] = part["workloads"].events[name]
        merged["workloads"] = workloads
    return merged


def _laid(base: YamlMap, part: YamlMap, path: tuple[str, ...]) -> YamlMap:
    """One mapping over another; ``path`` leads to them within a workload."""
    result = _copy(base)
    for key, value in part.items():
        here = (*path, key)
        if key in base and here not in WHOLE:
            under = base[key]
            names = _short(path, key)
            scalars = [one for one in (value, under) if not isinstance(one, YamlMap)]
            if names and len(scalars) == 1 and not isinstance(scalars[0], bool):
                under, value = _long(base, key, names), _long(part, key, names)
            if isinstance(value, YamlMap) and isinstance(under, YamlMap):
                value = _laid(under, value, here)
        result[key] = value
        result.events[key] = part.events[key]
    return result


def _short(path: tuple[str, ...], key: str) -> tuple[str, ...]:
    """The keys a scalar below ``path`` is short for; none for one that stands for itself."""
    if path[:2] == ("replicas", "triggers") and key == "auth":
        return ("identity",)
    if path[:1] == ("needs",) and len(path) == 2:
        return {"operator": ("storage",), "secret": ("name",)}.get(key, ())
    return NAMED.get(path) or SHORT.get((*path, key), ())


def _copy(data: YamlMap) -> YamlMap:
    result = YamlMap()
    result.update(data)
    result.events.update(data.events)
    return result


def _long(holder: YamlMap, key: str, names: tuple[str, ...]) -> YamlMap:
    """The object a scalar is short for; each of its keys stands where the scalar does."""
    value: Any = holder[key]
    if isinstance(value, YamlMap):
        return value
    result = YamlMap()
    result.update(dict.fromkeys(names, value))
    result.events.update(dict.fromkeys(names, holder.events[key]))
    return result


def _moved(problem: Problem, place: Pointer, source: Source) -> Problem | None:
    """A problem of the merged spec as one of the environment at ``place``.

    What stands outside of the environment is wrong because of it, and told where the environment comes nearest to it;
    a warning there is about the rest of the spec.
    """
    own = place + problem.location.pointer
    near = source.existing(own)
    if near == own:
        location = problem.location._replace(pointer=own)
        return problem._replace(message=f"{place.dotted}.{problem.message}", location=location)
    if problem.warning:
        return None
    return problem._replace(message=f"{place.dotted}: {problem.message}", location=source.at(near, key=True))
