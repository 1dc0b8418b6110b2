"""Clones of repositories of charts: which versions a chart was released in, and what its package had in it then.

A published package has its dependencies in ``charts/``; a commit often has not. They are put in from the clones at
hand: the version that the lock file names, and where there is no lock file, or no such version in a history, the newest
one that satisfies the declared range and was released before that commit. Where that does not render, the next one of
the range that does takes its place: until August 2018 ``upstreamed/`` kept files that its charts did not have any more.

What is missing are charts of repositories of which there is no clone: ``stable`` for all that Bitnami did not write,
helm.elastic.co, charts.min.io and the like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chartgen.chart.git import contents, git
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.chart.snapshot import Snapshot
from chartgen.errors import ChartgenError
from chartgen.version import Range, Version, is_semver

NESTED = re.compile(r"/charts/.*/Chart\.yaml|(^|/)charts/[^/]+/charts/|(^|/)(\..*|tests?|ci|templates|fixtures|hack)/")
OWNERS = {
    "bitnami": r"bitnami|kubernetes-charts\.storage|charts\.helm\.sh/stable|^@?stable$",
    "grafana": r"grafana\.github\.io|ghcr\.io/grafana",
    "argoproj": r"argoproj\.github\.io|ghcr\.io/argoproj",
    "traefik": r"traefik\.github\.io|helm\.traefik\.io|ghcr\.io/traefik",
}
"""Whose clone has the charts of an address. Those that Bitnami had in ``stable`` are kept in its own repository."""

TRIED = 25
"""Releases after the one that was asked for, where that one does not render."""

DEEPEST = 4
"""How deep dependencies have dependencies: spring-cloud-dataflow, kafka, zookeeper, common."""


class Release(NamedTuple):
    """A version of a chart, the commit that made it, and when, in seconds since 1970."""

    version: str
    commit: str
    time: int = 0


class Wanted(NamedTuple):
    """A dependency: its name, its repository, the range that is declared, and the version that the lock file names."""

    name: str
    repository: str
    versions: str
    locked: str = ""


class Repository:
    """A clone, its charts, and the versions they were released in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        # Charts that have moved elsewhere since then count as well.
        since = ("--first-parent", "-m", "--no-renames", "--diff-filter=A", "--format=", "--name-only")
        added = git(root, "log", *since, "--", "*Chart.yaml")
        self.folders = sorted(
            name.removesuffix("/Chart.yaml")
            for name in set(added.splitlines())
            if name.endswith("/Chart.yaml") and not NESTED.search(name)
        )
        self._releases: dict[str, tuple[Release, ...]] = {}

    def releases(self, folder: str) -> tuple[Release, ...]:
        """The versions of a chart, oldest first, each at the first commit of the main line that has it."""
        if folder not in self._releases:
            path = f"{folder}/Chart.yaml"
            lines = git(self.root, "log", "--first-parent", "--reverse", "--format=%H %ct", "--", path).splitlines()
            commits = [line.split() for line in lines]
            texts = contents(self.root, [f"{commit}:{path}" for commit, _ in commits])
            found: list[Release] = []
            for commit, time in commits:
                version = str(metadata(texts.get(f"{commit}:{path}", b"")).get("version") or "")
                if is_semver(version) and (not found or found[-1].version != version):
                    found.append(Release(version, commit, int(time)))
            self._releases[folder] = tuple(found)
        return self._releases[folder]

    def belongs_to(self, owner: str) -> bool:
        """Whether this is a clone of one of an owner's repositories, by the names of the folders it is in."""
        return any(re.match(rf"{owner}\b", part) for part in self.root.parts)


class Shelf:
    """All clones at hand. ``renders`` says whether a chart does with its own values."""

    def __init__(self, repositories: Sequence[Repository], renders: Callable[[Chart], bool] = bool) -> None:
        self._repositories = tuple(repositories)
        self._renders = renders
        self._known: dict[tuple[Path, str, Release, int], bool] = {}

    def chart(self, repository: Repository, folder: str, release: Release, depth: int = 0) -> Chart:
        """A chart as it was released, with the dependencies that are at hand. Raises ChartgenError."""
        chart = Snapshot(repository.root, release.commit, folder).chart(folder, folder.rsplit("/", 1)[-1])
        files = dict(chart.files)
        for one in wanted(chart):
            inside = (path.startswith((f"charts/{one.name}/", f"charts/{one.name}-")) for path in files)
            if depth < DEEPEST and not any(inside):
                below = self._dependency(repository, folder, one, release.time, depth)
                if below is not None:
                    files |= {f"charts/{one.name}/{path}": content for path, content in below.files.items()}
        return chart._replace(files=dict(sorted(files.items())))

    def _dependency(self, repository: Repository, folder: str, one: Wanted, time: int, depth: int) -> Chart | None:
        """The chart that satisfies a dependency; None where none is at hand."""
        places = list(self._places(repository, folder, one))
        locked = [
            (there, place, release)
            for there, place in places
            for release in there.releases(place)
            if release.version == one.locked
        ]
        for there, place, release in locked or self._newest(places, one.versions, time):
            for later in (release, *self._later(there, place, release, one.versions)):
                if self._renders_alone(there, place, later, depth + 1):
                    return self.chart(there, place, later, depth + 1)
            try:  # it may need values that the chart gives it
                return self.chart(there, place, release, depth + 1)
            except ChartgenError:
                continue
        return None

    def _renders_alone(self, repository: Repository, folder: str, release: Release, depth: int) -> bool:
        """Whether a chart can be read and renders, or is a library."""
        place = (repository.root, folder, release, depth)
        if place not in self._known:
            try:
                chart = self.chart(repository, folder, release, depth)
            except ChartgenError:
                self._known[place] = False
            else:
                self._known[place] = chart.metadata.get("type") == "library" or self._renders(chart)
        return self._known[place]

    def _later(self, repository: Repository, folder: str, release: Release, versions: str) -> Iterator[Release]:
        """The next releases of the range, for one whose commit has files that its package had not."""
        releases = repository.releases(folder)
        try:
            accepted = Range(versions)
        except ValueError:
            return
        after = releases[releases.index(release) + 1 :]
        yield from [one for one in after if Version.parse(one.version) in accepted][:TRIED]

    def _places(self, repository: Repository, folder: str, one: Wanted) -> Iterator[tuple[Repository, str]]:
        """Where a chart of that name is: beside the one that asks for it, elsewhere in the clone, in another clone."""
        if one.repository.startswith("file:"):
            return
        beside = f"{folder.rpartition('/')[0]}/{one.name}".lstrip("/")
        owners = [owner for owner, pattern in OWNERS.items() if re.search(pattern, one.repository)]
        for there in (repository, *(other for other in self._repositories if other is not repository)):
            if there is repository and beside in there.folders:
                yield there, beside
            if any(there.belongs_to(owner) for owner in owners):
                yield from ((there, place) for place in there.folders if is_of(place, one.name) and place != beside)

    def _newest(
        self, places: Sequence[tuple[Repository, str]], versions: str, time: int
    ) -> list[tuple[Repository, str, Release]]:
        """The newest version of a range that was there at a time, of the first place that has one."""
        try:
            accepted = Range(versions)
        except ValueError:
            return []
        for there, place in places:
            made = [one for one in there.releases(place) if one.time <= time and Version.parse(one.version) in accepted]
            if made:
                return [(there, place, max(made, key=lambda one: Version.parse(one.version).numbers))]
        return []


def is_of(folder: str, name: str) -> bool:
    """Whether the last part of a folder is a chart's name."""
    return folder.rsplit("/", 1)[-1] == name


def wanted(chart: Chart) -> tuple[Wanted, ...]:
    """The dependencies of a chart, with what the lock file says of them. Of two with one name, the last counts."""
    found: dict[str, Wanted] = {}
    for path in ("Chart.yaml", "requirements.yaml", "requirements.lock", "Chart.lock"):
        listed = metadata(chart.files.get(path, b"")).get("dependencies")
        for one in listed if isinstance(listed, list) else ():
            if not isinstance(one, dict) or not one.get("name"):
                continue
            name, repository, version = (str(one.get(key) or "") for key in ("name", "repository", "version"))
            if path.endswith(".lock"):
                before = found.get(name, Wanted(name, repository, version))
                found[name] = before._replace(locked=version)
            else:
                found[name] = Wanted(name, repository, version)
    return tuple(found.values())
