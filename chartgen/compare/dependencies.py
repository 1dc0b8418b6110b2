"""The charts that two charts depend on, each matched with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.compare.side import METADATA, Side
from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

_OLD_STYLE = "requirements.yaml"
_LOCKS = ("Chart.lock", "requirements.lock")


class Dependency(NamedTuple):
    """One entry of ``dependencies``. ``key`` is where its values are; ``resolved`` the version that is in ``charts/``
    or that the lock file names, or else the range. ``file`` and ``pointer`` are where it is declared.
    """

    key: str
    name: str
    wanted: str
    resolved: str
    repository: str
    condition: str
    tags: tuple[str, ...]
    file: str
    pointer: Pointer


class DependencyPair(NamedTuple):
    """A dependency and what became of it; ``old`` or ``new`` is None where it is not there."""

    old: Dependency | None
    new: Dependency | None


def dependency_pairs(old: Side, new: Side) -> tuple[DependencyPair, ...]:
    """All dependencies of both charts. One that has another alias, or was replaced under its alias, is a pair."""
    before, after = (list(dependencies(side)) for side in (old, new))
    pairs = []
    for one in before:
        other = next((each for each in after if each.key == one.key), None)
        if other is not None:
            after.remove(other)
        pairs.append(DependencyPair(one, other))
    for index, pair in enumerate(pairs):
        if pair.new is None and pair.old is not None:
            heir = next((each for each in after if each.name == pair.old.name), None)
            if heir is not None:
                after.remove(heir)
                pairs[index] = DependencyPair(pair.old, heir)
    return (*pairs, *(DependencyPair(None, one) for one in after))


def dependencies(side: Side) -> Iterator[Dependency]:
    """The declared dependencies of a chart, in order."""
    file = METADATA if isinstance(side.metadata.get("dependencies"), list) else _OLD_STYLE
    declared = side.data(file).get("dependencies")
    locked = _locked(side)
    for index, one in enumerate(declared if isinstance(declared, list) else ()):
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            yield _dependency(one, index, file, locked, side)


def _dependency(
    one: Mapping[str, Any], index: int, file: str, locked: Mapping[tuple[str, str], str], side: Side
) -> Dependency:
    name = str(one["name"])
    key = str(one.get("alias") or name)
    wanted = str(one.get("version") or "")
    unpacked = side.data(f"charts/{name}/Chart.yaml").get("version")
    repository = str(one.get("repository") or "")
    tags = one.get("tags")
    return Dependency(
        key,
        name,
        wanted,
        str(unpacked or locked.get((name, repository)) or locked.get((name, "")) or wanted),
        repository,
        str(one.get("condition") or ""),
        tuple(map(str, tags)) if isinstance(tags, list) else (),
        file,
        Pointer(("dependencies", index)),
    )


def _locked(side: Side) -> dict[tuple[str, str], str]:
    """The versions in the lock file: by name and repository, and by name alone."""
    found: dict[tuple[str, str], str] = {}
    for path in _LOCKS:
        listed = side.data(path).get("dependencies")
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict) and one.get("version"):
                version = str(one["version"])
                found.setdefault((str(one.get("name")), str(one.get("repository") or "")), version)
                found.setdefault((str(one.get("name")), ""), version)
    return found
