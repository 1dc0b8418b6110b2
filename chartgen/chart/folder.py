"""Reads the files of a chart's folder as Helm does, but never beyond it.

``.helmignore`` is applied, so that what was read is what Helm would render. Symbolic links are followed as Helm follows
them, though only as far as the chart's folder or the repository that holds it (the nearest ``.git``): a chart from
elsewhere must not bring ``/etc/passwd`` into a report.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from chartgen.chart.ignore import BadPattern, Ignore, ignoring
from chartgen.chart.limits import DEEPEST_FOLDER, LARGEST_CHART, LARGEST_HELMIGNORE, MOST_FILES, refused


def files_in(root: Path, display: str) -> Iterator[tuple[str, bytes]]:
    """All files of a chart's folder that ``.helmignore`` leaves in it."""
    try:
        ignore = ignoring(_helmignore(root, f"{display}/.helmignore"))
    except BadPattern as error:
        raise refused(f"{display}/.helmignore", error.message, "Helm refuses it too", line=error.line) from None
    walk = _Walk(root, ignore, display)
    room = LARGEST_CHART
    for count, (relative, path) in enumerate(walk.files(walk.top, "", os.path.realpath(root)), 1):
        content = _content(path, room)
        if content is None:
            raise refused(display, f"the chart is larger than {LARGEST_CHART >> 20} MiB", _IGNORE)
        if count > MOST_FILES:
            raise refused(display, f"the chart has more than {MOST_FILES:,} files", _IGNORE)
        room -= len(content)
        yield relative, content


def _content(path: str, room: int) -> bytes | None:
    """The bytes of a file; None when there is no room for as many, so that it is not read."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path for each of the files takes longer than reading
        return None if os.fstat(file.fileno()).st_size > room else file.readall()


def _helmignore(root: Path, shown: str) -> str:
    """The text of a ``.helmignore``, ``""`` where there is none. Not even its errors may tell of what is elsewhere."""
    path = root / ".helmignore"
    if not path.is_file():
        return ""
    if path.is_symlink():
        _stay_inside(path, root, shown)
    if path.stat().st_size > LARGEST_HELMIGNORE:
        raise refused(shown, f"is larger than {LARGEST_HELMIGNORE >> 10} KiB", "name folders rather than their files")
    return path.read_text("utf-8", "replace")


def _stay_inside(link: Path, root: Path, shown: str) -> None:
    """Refuse a symbolic link that leads out of the chart and the repository that holds it."""
    real = root.resolve()
    boundary = next((folder for folder in (real, *real.parents) if (folder / ".git").exists()), real)
    if not link.resolve().is_relative_to(boundary):
        target = str(link.readlink())
        raise refused(shown, f"is a symbolic link that leads out of the chart, to {target!r}", _LINK)


def values_beside(root: Path, packaged: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The values files for tests and environments that ``.helmignore`` leaves out, as it usually does with ``ci/``.

    Only those that are files where they seem to be: nobody promised that what Helm never sees is harmless.
    """
    room = LARGEST_CHART
    for folder, pattern in (("ci/", "*-values.y*ml"), ("", "values-*.y*ml")):
        if folder and (root / folder).is_symlink():
            continue
        for entry in _entries(root / folder):
            relative = f"{folder}{entry.name}"
            if relative in packaged or not fnmatchcase(entry.name, pattern):
                continue
            if not entry.is_file(follow_symlinks=False):
                continue
            content = _content(entry.path, room)
            if content is None:
                raise refused(f"{root}/{relative}", f"is larger than {LARGEST_CHART >> 20} MiB", "values are small")
            room -= len(content)
            yield relative, content


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder, sorted; nothing where there is none, or one that is closed to us."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []


_IGNORE = "name what does not belong to the chart in its .helmignore"


class _Walk:
    """Goes through the files of a chart's folder, in Helm's order. ``top`` is what their paths begin with."""

    def __init__(self, root: Path, ignore: Ignore, display: str) -> None:
        self.top = "" if str(root) == "." else f"{root}/"
        self._root = root
        self._ignore = ignore
        self._display = display

    def files(self, folder: str, prefix: str, real: str, seen: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """The files below a folder: what they are called in the chart, and their paths.

        ``real`` is where the folder really is, ``seen`` are those it is in.
        """
        shown = f"{self._display}/{prefix}".rstrip("/")
        if len(seen) > DEEPEST_FOLDER:
            raise refused(shown, f"folders are nested deeper than {DEEPEST_FOLDER} levels", _IGNORE)
        if real in seen:
            raise refused(shown, "a symbolic link leads back to a folder it is in", _LINK)
        with os.scandir(folder or ".") as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            # A name that is no UTF-8 cannot be printed: what is no text in it is shown as U+FFFD.
            relative = prefix + os.fsencode(entry.name).decode("utf-8", "replace")
            path = folder + entry.name
            kind = self._kind(entry, path, relative)
            if not kind or self._ignore.ignores(relative, folder=kind == "folder"):
                continue
            if entry.is_symlink():
                _stay_inside(Path(path), self._root, f"{self._display}/{relative}")
            if kind == "folder":
                below = os.path.realpath(path) if entry.is_symlink() else f"{real}/{entry.name}"
                yield from self.files(f"{path}/", f"{relative}/", below, (*seen, real))
            elif kind == "file":
                yield relative, path
            else:
                what = "is a device, a pipe or a socket"
                raise refused(f"{self._display}/{relative}", what, "remove it, or name it in .helmignore")

    def _kind(self, entry: os.DirEntry[str], path: str, relative: str) -> str:
        """``folder``, ``file`` or ``other``; ``""`` for a link into nowhere that is ignored."""
        if not entry.is_symlink():
            return "folder" if entry.is_dir() else "file" if entry.is_file() else "other"
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116 - as above
        except OSError as error:
            if self._ignore.ignores(relative, folder=False):
                return ""
            why = (error.strerror or str(error)).lower()
            raise refused(f"{self._display}/{relative}", f"cannot be read: {why}", _LINK) from None
        return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"


_LINK = "put the file itself in the place of the link, or name it in .helmignore"
