"""Reads charts from a commit, without a working tree: what ``read`` does for folders, done with git's objects.

A chart's ``.helmignore`` is applied. Symbolic links are followed as far as they stay in the repository. What is in a
submodule is in another repository, so a chart that needs it is refused, and told so.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from chartgen.chart.git import FILE, FOLDER, LINK, SUBMODULE, Entry, contents, tree
from chartgen.chart.ignore import BadPattern, Ignore
from chartgen.chart.limits import DEEPEST_FOLDER, LARGEST_CHART, LARGEST_HELMIGNORE, MOST_FILES, refused
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.errors import CannotDo

DESCRIPTION = "Chart.yaml"

_VALUES = ("ci/*-values.y*ml", "values-*.y*ml")
"""Files that say under which values a chart is meant to work, also where ``.helmignore`` leaves them out."""


class Snapshot:
    """The files of one commit, or of one folder of it. Listed once; contents are asked for together."""

    def __init__(self, root: Path, commit_id: str, folder: str = "") -> None:
        self.root = root
        self.commit = commit_id
        self.entries = {entry.path: entry for entry in tree(root, commit_id, folder)}
        self._folders: dict[str, dict[str, Entry]] = {"": {}}
        for entry in self.entries.values():
            self._add(entry)
        self._known: dict[str, bytes] = {}

    def _add(self, entry: Entry) -> None:
        folder, _, name = entry.path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = {}
            self._add(Entry(folder, FOLDER, ""))
        self._folders[folder][name] = entry

    def charts(self) -> tuple[str, ...]:
        """The folders that hold a chart, sorted; a chart's own subcharts are not among them, nor hidden folders."""
        found: list[str] = []
        for folder in sorted(self._folders):
            hidden = any(part.startswith(".") for part in folder.split("/"))
            if DESCRIPTION in self._folders[folder] and not hidden:
                above = (folder[: len(one)] == one and folder[len(one) : len(one) + 1] == "/" for one in found if one)
                if not any(above) and "" not in found:
                    found.append(folder)
        return tuple(found)

    def content(self, path: str) -> bytes | None:
        """What a file holds; None when there is none."""
        entry = self.entries.get(path)
        if entry is None or entry.kind != FILE:
            return None
        self.load([entry.blob])
        return self._known.get(entry.blob)

    def load(self, blobs: Iterable[str]) -> None:
        """Have contents at hand, those that are not known yet being asked for together."""
        missing = [blob for blob in blobs if blob not in self._known]
        self._known |= contents(self.root, missing)

    def load_charts(self, folders: Iterable[str]) -> None:
        """Have all that is in some folders at hand."""
        prefixes = tuple(f"{folder}/" if folder else "" for folder in folders)
        if prefixes:
            self.load(
                one.blob for one in self.entries.values() if one.kind in (FILE, LINK) and one.path.startswith(prefixes)
            )

    def describe(self, folder: str) -> Mapping[str, object]:
        """Chart.yaml of a folder as data; empty when there is none, or no YAML mapping in it."""
        return metadata(self.content(posixpath.join(folder, DESCRIPTION)) or b"")

    def chart(self, folder: str, display: str) -> Chart:
        """The chart in a folder; ``display`` is how the user named it. Raises what ``read_chart`` does."""
        if folder not in self._folders:
            raise CannotDo(f"{display!r} does not exist", hint=f"there is no folder {folder!r} in that commit")
        if DESCRIPTION not in self._folders[folder]:
            raise CannotDo(f"{display!r} is not a chart: it has no Chart.yaml", hint="name the chart's folder")
        reader = _Reader(self, folder, display)
        files = reader.files()
        unpackaged = reader.values_files(files)
        self.load(entry.blob for entry in (*files.values(), *unpackaged.values()))
        try:
            packaged = {path: self._known[entry.blob] for path, entry in files.items()}
            described = metadata(packaged.get(DESCRIPTION, b""))
            beside = {path: self._known[entry.blob] for path, entry in unpackaged.items()}
            return Chart.of(packaged, metadata=described, origin=display, unpackaged=beside)
        except KeyError:
            raise CannotDo(f"not all files of {display!r} are here", hint="git fetch --refetch origin") from None
        except ValueError as error:
            raise refused(display, str(error), "rename the file") from None

    def at(self, path: str) -> Entry | None:
        """A file or folder by its path, links on the way followed; None when there is none, or only outside."""
        seen = 0
        parts = path.split("/")
        here = ""
        while parts:
            part = parts.pop(0)
            if part == "..":
                if not here:
                    return None
                here = here.rpartition("/")[0]
                continue
            if part in (".", ""):
                continue
            entry = self._folders.get(here, {}).get(part)
            if entry is None:
                return None
            if entry.kind == LINK:
                seen += 1
                self.load([entry.blob])
                target = self._known.get(entry.blob, b"/").decode("utf-8", "surrogateescape")
                if seen > DEEPEST_FOLDER or target.startswith("/"):
                    return None
                parts = [*target.split("/"), *parts]
                continue
            if entry.kind != FOLDER and parts:
                return entry if entry.kind == SUBMODULE else None
            here = entry.path
            if not parts:
                return entry
        return Entry(here, FOLDER, "")

    def inside(self, folder: str) -> Iterator[tuple[str, Entry]]:
        """The names in a folder and what they are, sorted."""
        return iter(sorted(self._folders.get(folder, {}).items()))


class _Reader:
    """Reads one chart."""

    def __init__(self, snapshot: Snapshot, folder: str, display: str) -> None:
        self._snapshot = snapshot
        self._folder = folder
        self._display = display

    def files(self) -> dict[str, Entry]:
        """Each file that ``.helmignore`` leaves in the chart."""
        shown = f"{self._display}/.helmignore"
        entry = self._snapshot.at(posixpath.join(self._folder, ".helmignore"))
        if entry is not None and entry.size > LARGEST_HELMIGNORE:
            raise refused(shown, f"is larger than {LARGEST_HELMIGNORE >> 10} KiB", "name folders rather than files")
        text = self._snapshot.content(entry.path) if entry is not None and entry.kind == FILE else None
        try:
            ignore = Ignore((text or b"").decode("utf-8", "replace"))
        except BadPattern as error:
            raise refused(shown, error.message, "Helm refuses it too", line=error.line) from None
        found: dict[str, Entry] = {}
        total = 0
        for path, one in self._walk(self._folder, "", ignore, ()):
            total += one.size
            found[path] = one
            if total > LARGEST_CHART:
                raise refused(self._display, f"the chart is larger than {LARGEST_CHART >> 20} MiB", _IGNORE)
            if len(found) > MOST_FILES:
                raise refused(self._display, f"the chart has more than {MOST_FILES:,} files", _IGNORE)
        return found

    def values_files(self, packaged: Mapping[str, Entry]) -> dict[str, Entry]:
        """The values files for tests and environments that are not packaged; only those that are files."""
        found = {}
        for folder in ("", "ci"):
            for name, entry in self._snapshot.inside(posixpath.join(self._folder, folder).rstrip("/")):
                path = posixpath.join(folder, name)
                wanted = any(fnmatchcase(path, pattern) for pattern in _VALUES) and path not in packaged
                if wanted and entry.kind == FILE and entry.size <= LARGEST_CHART:
                    found[path] = entry
        return found

    def _walk(self, folder: str, prefix: str, ignore: Ignore, seen: tuple[str, ...]) -> Iterator[tuple[str, Entry]]:
        shown = f"{self._display}/{prefix}".rstrip("/")
        if len(seen) > DEEPEST_FOLDER:
            raise refused(shown, f"folders are nested deeper than {DEEPEST_FOLDER} levels", _IGNORE)
        if folder in seen:
            raise refused(shown, "a symbolic link leads back to a folder it is in", _LINK)
        for name, entry in self._snapshot.inside(folder):
            relative = prefix + name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            target = self._snapshot.at(entry.path) if entry.kind == LINK else entry
            if ignore.ignores(relative, folder=target is not None and target.kind in (FOLDER, SUBMODULE)):
                continue
            if target is None:
                raise refused(f"{self._display}/{relative}", "is a symbolic link that leads to nothing there", _LINK)
            if target.kind == SUBMODULE:
                raise refused(
                    f"{self._display}/{relative}",
                    "is in a submodule, whose files are not in this repository",
                    "compare with a folder or a package that holds them",
                )
            if target.kind == FOLDER:
                yield from self._walk(target.path, f"{relative}/", ignore, (*seen, folder))
            else:
                yield relative, target


_IGNORE = "name what does not belong to the chart in its .helmignore"
_LINK = "put the file itself in the place of the link, or name it in .helmignore"
