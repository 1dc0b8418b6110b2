"""Finds the last release of a chart: by its tag, by the commit that set its version, or where the user says.

A tag is one of a release when it ends in a version and the Chart.yaml in it has that version: ``web-1.2.3`` as
chart-releaser writes it, ``web/v1.2.3``, ``v1.2.3``, ``helm-chart-1.2.3``, and is not called after another chart. Tags
of commits that are not part of the present history do not count. Pre-releases count only where there is nothing else:
what has been promised is final.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from chartgen.chart.git import DEEPER, LINK, attempt, base, commit, contents, git, is_shallow
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.chart.snapshot import Snapshot
from chartgen.errors import CannotDo
from chartgen.release.versions import Written
from chartgen.tuples import NamedTuple

_VERSIONED = re.compile(r"(?P<before>.*?)(?P<version>v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)")
_LOOKED_AT = 30
"""Tags, the highest first, whose Chart.yaml is looked into."""

_STEPS = 200
"""Commits of a Chart.yaml that are looked into at a time."""


class Release(NamedTuple):
    """A release in a repository: its version, the commit and the folder it is in, and how people call the commit."""

    version: str
    commit: str
    folder: str
    ref: str
    kind: str = ""

    @property
    def told(self) -> str:
        """``tag web-1.2.0``, ``commit 0123456789ab``, or what the user calls it."""
        return f"{self.kind} {self.ref}".lstrip()


class _Tag(NamedTuple):
    """A tag, what stands before the version in its name, the version, and the commit."""

    name: str
    before: str
    version: Written
    commit: str


class History:
    """The releases in one repository. Everything is asked of git once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.snapshot = cache(self._snapshot)
        self._names = cache(self._names_in)

    def _snapshot(self, commit_id: str) -> Snapshot:
        return Snapshot(self.root, commit_id)

    def _names_in(self, commit_id: str) -> frozenset[str]:
        """The names of the charts in a commit."""
        snapshot = self.snapshot(commit_id)
        charts = snapshot.charts()
        snapshot.load(entry.blob for one in charts if (entry := snapshot.entries.get(_description(one))))
        return frozenset(str(snapshot.describe(one).get("name")) for one in charts)

    @cached_property
    def tags(self) -> tuple[_Tag, ...]:
        """The tags of the present history that end in a version, the highest first."""
        asked = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)"
        found = []
        for line in attempt(self.root, "for-each-ref", "--merged", "HEAD", asked, "refs/tags").splitlines():
            name, own, peeled = line.split("\0")
            match = _VERSIONED.fullmatch(name)
            version = _parsed(match["version"]) if match else None
            if match and version and (not match["before"] or match["before"][-1] in "-/@_"):
                found.append(_Tag(name, match["before"].rstrip("-/@_"), version, peeled or own))
        return tuple(sorted(found, key=lambda one: _precedence(one.version), reverse=True))

    def last(self, folder: str, name: str) -> Release | None:
        """The last release of the chart in a folder (from the repository's root); None when there was none.

        Raises CannotDo when the history at hand does not reach back so far.
        """
        return self._tagged(folder, name) or self._set(folder)

    def at(self, ref: str, folder: str, name: str) -> Release | None:
        """The chart as of a commit that the user names: in the same folder, or the one of that name elsewhere.

        What it held is taken from where the histories parted, so that what others have changed meanwhile does not
        count; the version is theirs where it is above.
        """
        tip, parted = commit(self.root, ref), base(self.root, ref)
        found = find(self.snapshot(parted), folder, name)
        if found is None:
            return None
        version = str(self.snapshot(parted).describe(found).get("version", ""))
        if tip != parted:
            later = metadata(
                contents(self.root, [f"{tip}:{_description(found)}"]).get(f"{tip}:{_description(found)}", b"")
            )
            version = _higher(version, str(later.get("version", "")))
        return Release(version, parted, found, ref)

    def chart(self, release: Release) -> Chart:
        """The chart of a release. Raises CannotDo, InvalidInput."""
        snapshot = Snapshot(self.root, release.commit, release.folder)
        if any(entry.kind == LINK for entry in snapshot.entries.values()):
            snapshot = self.snapshot(release.commit)  # links may lead to what is beside it
        return snapshot.chart(release.folder, f"git:{release.ref}:{release.folder}".rstrip(":"))

    def _tagged(self, folder: str, name: str) -> Release | None:
        own = [one for one in self.tags if one.before == name]
        others = [one for one in self.tags if one.before != name]
        return self._first(own[:_LOOKED_AT], folder, name, moved=True) or self._first(others[:_LOOKED_AT], folder, name)

    def _first(self, tags: list[_Tag], folder: str, name: str, *, moved: bool = False) -> Release | None:
        """The first of some tags that holds the chart in the version that it names, the final ones before others."""
        path = _description(folder)
        held = contents(self.root, (f"{tag.commit}:{path}" for tag in tags))
        for tag in sorted(tags, key=lambda one: one.version.is_pre):
            where: str | None = folder
            data = metadata(held.get(f"{tag.commit}:{path}", b""))
            if data.get("name") != name:
                where, data = self._moved(tag.commit, folder, name) if moved else (None, {})
            declared = str(data.get("version"))
            if where is not None and _same(declared, tag.version) and not self._is_of_another(tag, name):
                return Release(declared, tag.commit, where, tag.name, "tag")
        return None

    def _is_of_another(self, tag: _Tag, name: str) -> bool:
        """Whether a tag is called after another chart, which has the same version by chance."""
        before = f"-{tag.before.rpartition('/')[2]}-"
        if not tag.before or before == f"-{name}-":
            return False
        called = [
            one for one in self._names(tag.commit) if before.startswith(f"-{one}-") or before.endswith(f"-{one}-")
        ]
        return max(called, key=len, default=name) != name

    def _moved(self, commit_id: str, folder: str, name: str) -> tuple[str | None, dict[str, Any]]:
        snapshot = self.snapshot(commit_id)
        where = find(snapshot, folder, name)
        return where, dict(snapshot.describe(where)) if where is not None else {}

    def _set(self, folder: str) -> Release | None:
        """The commit that set the version which was committed last.

        In the first-parent history, so that what one merge brought is one step. A version that was set is taken for
        released: nobody can tell otherwise.
        """
        path = _description(folder)
        text = attempt(
            self.root, "log", "--first-parent", "--follow", "--format=%x01%H", "--name-only", "-z", "HEAD", "--", path
        )
        steps: list[tuple[str, str]] = []
        for one in text.split("\x01")[1:]:
            commit_id, _, names = one.partition("\0")
            shown = [part for part in names.replace("\n", "\0").split("\0") if part]
            steps.append((commit_id.strip(), shown[0] if shown else path))
        found: Release | None = None
        for start in range(0, len(steps), _STEPS):
            some = steps[start : start + _STEPS]
            held = contents(self.root, (f"{commit_id}:{where}" for commit_id, where in some))
            for commit_id, where in some:
                version = str(metadata(held.get(f"{commit_id}:{where}", b"")).get("version", ""))
                if found is not None and version != found.version:
                    return found
                if version:
                    place = where.removesuffix("Chart.yaml").rstrip("/")
                    found = Release(version, commit_id, place, commit_id[:12], "commit")
        if found is not None and is_shallow(self.root):
            chart = folder or "the chart"
            raise CannotDo(
                f"the history of {str(self.root)!r} does not reach back to the last release of {chart!r}",
                hint=f"fetch more of it: {DEEPER}; or name the release with --against",
            )
        return found

    def subjects(self, since: str, folder: str) -> tuple[str, ...]:
        """The subjects of the commits that changed a folder since another commit, the newest first, merges apart."""
        text = git(self.root, "log", "--no-merges", "--format=%s (%h)", f"{since}..HEAD", "--", folder or ".")
        return tuple(line for line in text.splitlines() if line.strip())


def find(snapshot: Snapshot, folder: str, name: str) -> str | None:
    """The folder of a chart in a commit: the same one, or the only other one that has its name; None when neither."""
    if name and snapshot.describe(folder).get("name") == name:
        return folder
    charts = snapshot.charts()
    snapshot.load(entry.blob for one in charts if (entry := snapshot.entries.get(_description(one))))
    named = [one for one in charts if snapshot.describe(one).get("name") == name]
    if len(named) > 1:
        # Of several the one whose folder is called the same is meant.
        named = [one for one in named if one.rpartition("/")[2] == folder.rpartition("/")[2]]
    return named[0] if len(named) == 1 and name else None


def _description(folder: str) -> str:
    return f"{folder}/Chart.yaml" if folder else "Chart.yaml"


def _parsed(text: str) -> Written | None:
    try:
        return Written.parse(text)
    except ValueError:
        return None


def _same(text: str, version: Written) -> bool:
    """Whether a chart's version is that of a tag, with or without a ``v``."""
    found = _parsed(text)
    return found is not None and found.version == version.version


def _higher(version: str, other: str) -> str:
    """The higher of two versions; the first one where the other is none."""
    found, later = _parsed(version), _parsed(other)
    return other if found and later and _precedence(later) > _precedence(found) else version


def _precedence(one: Written) -> tuple[object, ...]:
    parts = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in one.version.pre.split("."))
    return (*one.version.numbers, not one.version.pre, parts)
