"""Which charts of a repository have changed since a commit, and which depend on one that has.

A chart has changed when a file in it differs from what it was where the history of the commit and that of the working
tree parted, be it committed, staged, edited, new or gone. So has a chart that takes in a changed one: through
``file://`` in its dependencies, at any depth, or through a symbolic link.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from chartgen.chart.git import base, git, repository
from chartgen.chart.read import metadata
from chartgen.errors import CannotDo

POLICY = ".chartgen.yaml"
"""A policy file decides about every chart below its folder."""

_DESCRIPTIONS = ("Chart.yaml", "requirements.yaml")


def changed_since(ref: str, paths: Sequence[Path], *, shared: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Those of some charts (folders or files) that have changed since a commit, in their order.

    When a file in ``shared`` has changed, or a policy file above a chart, the chart counts as changed. Raises CannotDo
    where there is no git, no repository, or no such commit.
    """
    if not ref:
        raise CannotDo("--since names no commit", hint="is it a shell variable that is not set?")
    found: list[Path] = []
    repositories: dict[Path, Changes] = {}
    everywhere = [path.resolve() for path in shared]
    for path in paths:
        root = repository(path)
        if root not in repositories:
            repositories[root] = Changes(root, base(root, ref))
        changes = repositories[root]
        policies = (folder / POLICY for folder in path.resolve().parents)
        if any(changes.touch(place) for place in (*taken_in(path), *everywhere, *policies)):
            found.append(path)
    return tuple(found)


class Changes:
    """The files of one working tree that differ from a commit, be it committed, staged, edited, new or gone."""

    def __init__(self, root: Path, commit_id: str) -> None:
        differing = git(root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", commit_id, "--")
        unknown = git(root, "ls-files", "--others", "--exclude-standard", "-z")
        names = [name.rstrip("/") for name in (differing + unknown).split("\0") if name]
        self.files = frozenset(root / name for name in names)
        self._above = {folder for file in self.files for folder in file.parents}

    def touch(self, place: Path) -> bool:
        """Whether a file, or something below a folder, has changed. What is in a changed submodule has."""
        return place in self.files or place in self._above or any(folder in self.files for folder in place.parents)


def taken_in(path: Path) -> Iterator[Path]:
    """A chart's folder and every other place it takes something in from, at any depth; they need not exist."""
    waiting = [path.resolve()]
    seen = set(waiting)
    while waiting:
        place = waiting.pop()
        yield place
        for other in _references(place):
            if other not in seen and not other.is_relative_to(place):
                seen.add(other)
                waiting.append(other)


def _references(folder: Path) -> Iterator[Path]:
    """Where the links and the ``file://`` dependencies in a folder lead."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = [name for name in folders if name != ".git"]
        for name in (*folders, *files):
            if (here / name).is_symlink():
                yield (here / name).resolve()
        for name in _DESCRIPTIONS:
            if name in files:
                yield from _dependencies(here / name)


def _dependencies(file: Path) -> Iterator[Path]:
    try:
        content = file.read_bytes()
    except OSError:
        return
    wanted = metadata(content).get("dependencies") if b"file://" in content else None
    for one in wanted if isinstance(wanted, list) else ():
        repository = one.get("repository") if isinstance(one, dict) else None
        if isinstance(repository, str) and repository.startswith("file://"):
            yield (file.parent / repository.removeprefix("file://")).resolve()
