"""Which charts of a repository have changed since a commit, and which depend on one that has.

git is asked and nothing is written. A chart has changed when a file in it differs from what it was where the history of
the commit and that of the working tree parted, be it committed, staged, edited, new or gone. So has a chart that takes
in a changed one: through ``file://`` in its dependencies, at any depth, or through a symbolic link.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

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
    found: list[Path] = []
    repositories: dict[Path, _Changes] = {}
    everywhere = [path.resolve() for path in shared]
    for path in paths:
        root = _repository(path)
        if root not in repositories:
            repositories[root] = _Changes(root, ref)
        changes = repositories[root]
        policies = (folder / POLICY for folder in path.resolve().parents)
        if any(changes.touch(place) for place in (*_taken_in(path), *everywhere, *policies)):
            found.append(path)
    return tuple(found)


class _Changes:
    """The files of one working tree that differ from a commit."""

    def __init__(self, root: Path, ref: str) -> None:
        base = _base(root, ref)
        differing = _git(root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", base, "--")
        unknown = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
        names = [name.rstrip("/") for name in (differing + unknown).split("\0") if name]
        self._files = {root / name for name in names}
        self._above = {folder for file in self._files for folder in file.parents}

    def touch(self, place: Path) -> bool:
        """Whether a file, or something below a folder, has changed. What is in a changed submodule has."""
        return place in self._files or place in self._above or any(folder in self._files for folder in place.parents)


def _taken_in(path: Path) -> Iterator[Path]:
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


def _repository(path: Path) -> Path:
    """The working tree a path is in; of a submodule that of the repository that holds it."""
    folder = path.resolve()
    folder = folder if folder.is_dir() else folder.parent
    root = Path(_git(folder, "rev-parse", "--show-toplevel").rstrip("\n"))
    outer = _git(root, "rev-parse", "--show-superproject-working-tree").rstrip("\n")
    return _repository(Path(outer)) if outer else root


def _base(root: Path, ref: str) -> str:
    """The commit to compare with: where the history of ``ref`` and that of the working tree parted."""
    if not ref:
        raise CannotDo("--since names no commit", hint="is it a shell variable that is not set?")
    wanted = _try(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").strip()
    is_shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
    if not wanted:
        fetch = f"git fetch origin {ref}" if re.fullmatch(r"\w[\w./-]*", ref) else "git fetch origin"
        raise CannotDo(
            f"there is no commit {ref!r} in {str(root)!r}",
            hint=f"fetch it: {_DEEPER if is_shallow else fetch}",
        )
    parted = _try(root, "merge-base", wanted, "HEAD").strip()
    if not parted and is_shallow:
        raise CannotDo(
            f"the history of {str(root)!r} does not reach back to where it parted from {ref!r}",
            hint=f"fetch more of it: {_DEEPER}",
        )
    return parted or wanted


_DEEPER = "git fetch --unshallow origin (in GitHub's checkout action: fetch-depth: 0)"


_OF_A_HOOK = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}
)


def _git(folder: Path, *arguments: str) -> str:
    """What git prints. Raises CannotDo when it fails."""
    done = _run(folder, arguments)
    if done.returncode:
        message = done.stderr.strip()
        if "not a git repository" in message:
            raise CannotDo(f"{str(folder)!r} is not in a git repository", hint="--since compares with its history")
        if "dubious ownership" in message:
            raise CannotDo(
                f"git does not trust {str(folder)!r}, which belongs to another user",
                hint=f"git config --global --add safe.directory {folder}",
            )
        raise CannotDo(f"git {arguments[0]} failed in {str(folder)!r}: {message or 'without a word'}")
    return done.stdout


def _try(folder: Path, *arguments: str) -> str:
    """What git prints, or ``""`` when it fails."""
    done = _run(folder, arguments)
    return "" if done.returncode else done.stdout


def _run(folder: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    # What a hook is told about the repository it runs in must not lead elsewhere; nothing may take a lock or run a
    # program that a repository names.
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        return subprocess.run(
            command,
            env={**inherited, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
    except FileNotFoundError:
        raise CannotDo("--since needs git, which is not on PATH", hint="install git") from None
