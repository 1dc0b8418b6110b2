"""Reads charts from folders and archives, as Helm does, but never beyond them.

A folder's ``.helmignore`` is applied, so that what was read is what Helm would render. Symbolic links are followed
as Helm follows them, though only as far as the chart's folder or the repository that holds it (the nearest ``.git``): a
chart from elsewhere must not bring ``/etc/passwd`` into a report.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chartgen.chart.ignore import BadPattern, Ignore
from chartgen.chart.limits import (
    DEEPEST_FOLDER,
    LARGEST_CHART,
    LARGEST_HELMIGNORE,
    MOST_FILES,
    refused,
    unreadable,
)
from chartgen.chart.model import Chart
from chartgen.errors import CannotDo, InvalidInput

_ARCHIVES = (".tgz", ".tar.gz")


def read_chart(path: Path, *, display: str = "") -> Chart:
    """Read the chart in a folder or an archive; ``display`` is how the user named it.

    Raises CannotDo when there is no chart or it cannot be read, InvalidInput when it is one that Helm would refuse
    to load: a broken archive, a bad ``.helmignore``, a device, a link that leads out, too much of anything.
    """
    display = display or str(path)
    try:
        unpackaged: dict[str, bytes] = {}
        if path.is_dir():
            files = dict(_folder(path, display))
            unpackaged = dict(_values_files(path, files))
        elif path.is_file():
            from chartgen.chart.archive import unpack

            files = unpack(_packed(path, display), display)
        else:
            raise CannotDo(f"{display!r} does not exist", hint=_WHAT_IS_A_CHART)
    except OSError as error:
        raise unreadable(error, display) from None
    if "Chart.yaml" not in files:
        raise CannotDo(f"{display!r} is not a chart: it has no Chart.yaml", hint=_WHAT_IS_A_CHART)
    try:
        return Chart.of(files, metadata=metadata(files["Chart.yaml"]), origin=display, unpackaged=unpackaged)
    except ValueError as error:
        raise refused(display, str(error), "rename the file") from None


def metadata(content: bytes) -> dict[str, Any]:
    """Chart.yaml as data; empty when it is no YAML mapping."""
    from chartgen.yamlread import read
    from chartgen.yamlscalar import YamlError

    try:
        data = read(content.decode("utf-8-sig", "replace")).data
    except YamlError:
        return {}
    return data if isinstance(data, dict) else {}


def _packed(path: Path, display: str) -> bytes:
    """The bytes of an archive; one that is larger than what may be in it is not read."""
    if path.stat().st_size > LARGEST_CHART:
        raise refused(display, f"the chart is larger than {LARGEST_CHART >> 20} MiB")
    return path.read_bytes()


def is_chart(path: Path) -> bool:
    """Whether a path is a chart: a folder with a Chart.yaml, or an archive that holds one."""
    if path.is_dir():
        return (path / "Chart.yaml").is_file()
    if not path.name.endswith(_ARCHIVES) or not path.is_file():
        return False
    from chartgen.chart.archive import unpack

    try:
        return "Chart.yaml" in unpack(_packed(path, str(path)), str(path))
    except (OSError, InvalidInput):
        return False


def find_charts(paths: Iterable[Path]) -> list[Path]:
    """The charts that paths name: a chart itself, or all charts below a folder, sorted, none of them twice.

    A chart's own ``charts/`` belong to it and are not looked at; nor are hidden folders and symbolic links. Raises
    CannotDo for a path that does not exist or holds no chart.
    """
    found: dict[Path, None] = {}
    for path in paths:
        try:
            if not path.exists():
                raise CannotDo(f"{str(path)!r} does not exist", hint=_WHAT_IS_A_CHART)
            # An archive that is named is taken for a chart even if it is broken: reading it says why.
            charts = [path] if path.is_file() else list(_charts_below(path)) if path.is_dir() else []
        except OSError as error:
            raise unreadable(error, str(path)) from None
        if not charts:
            raise CannotDo(f"there is no chart in {str(path)!r}", hint=_WHAT_IS_A_CHART)
        found.update(dict.fromkeys(charts))
    return list(found)


_WHAT_IS_A_CHART = "a chart is a folder with a Chart.yaml, or a .tgz made by 'helm package'"


def _charts_below(folder: Path, depth: int = 0) -> Iterator[Path]:
    if depth > DEEPEST_FOLDER:
        return
    if is_chart(folder):
        yield folder
        return
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _charts_below(entry, depth + 1)
        elif is_chart(entry):
            yield entry


def _folder(root: Path, display: str) -> Iterator[tuple[str, bytes]]:
    """All files of a chart's folder that ``.helmignore`` leaves in it."""
    boundary = _boundary(root)
    try:
        ignore = Ignore(_helmignore(root / ".helmignore", boundary, f"{display}/.helmignore"))
    except BadPattern as error:
        raise refused(f"{display}/.helmignore", error.message, "Helm refuses it too", line=error.line) from None
    total = 0
    for count, (relative, path) in enumerate(_walk(root, "", ignore, boundary, display), 1):
        total += path.stat().st_size
        if total > LARGEST_CHART:
            raise refused(display, f"the chart is larger than {LARGEST_CHART >> 20} MiB", _IGNORE)
        if count > MOST_FILES:
            raise refused(display, f"the chart has more than {MOST_FILES:,} files", _IGNORE)
        yield relative, path.read_bytes()


def _helmignore(path: Path, boundary: Path, shown: str) -> str:
    """The text of a ``.helmignore``, ``""`` where there is none. Not even its errors may tell of what is elsewhere."""
    if not path.is_file():
        return ""
    _stay_inside(path, boundary, shown)
    if path.stat().st_size > LARGEST_HELMIGNORE:
        raise refused(shown, f"is larger than {LARGEST_HELMIGNORE >> 10} KiB", "name folders rather than their files")
    return path.read_text("utf-8", "replace")


def _stay_inside(path: Path, boundary: Path, shown: str) -> None:
    """Refuse a symbolic link that leads out of the chart."""
    if path.is_symlink() and not path.resolve().is_relative_to(boundary):
        target = str(path.readlink())
        raise refused(shown, f"is a symbolic link that leads out of the chart, to {target!r}", _LINK)


def _values_files(root: Path, packaged: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The values files for tests and environments that ``.helmignore`` leaves out, as it usually does with ``ci/``.

    Only those that are files where they seem to be: nobody promised that what Helm never sees is harmless.
    """
    real = root.resolve()
    left = LARGEST_CHART
    for pattern in ("ci/*-values.y*ml", "values-*.y*ml"):
        for path in sorted(root.glob(pattern)):
            relative = path.relative_to(root).as_posix()
            if relative in packaged or path.resolve() != real / relative or not path.is_file():
                continue
            left -= path.stat().st_size
            if left < 0:
                raise refused(f"{root}/{relative}", f"is larger than {LARGEST_CHART >> 20} MiB", "values are small")
            yield relative, path.read_bytes()


_IGNORE = "name what does not belong to the chart in its .helmignore"


def _walk(
    folder: Path, prefix: str, ignore: Ignore, boundary: Path, display: str, seen: tuple[Path, ...] = ()
) -> Iterator[tuple[str, Path]]:
    if len(seen) > DEEPEST_FOLDER:
        raise refused(
            f"{display}/{prefix}".rstrip("/"), f"folders are nested deeper than {DEEPEST_FOLDER} levels", _IGNORE
        )
    real = folder.resolve()
    if real in seen:
        raise refused(f"{display}/{prefix}".rstrip("/"), "a symbolic link leads back to a folder it is in", _LINK)
    for path in sorted(folder.iterdir()):
        # A name that is no UTF-8 cannot be printed: what is no text in it is shown as U+FFFD.
        relative = prefix + os.fsencode(path.name).decode("utf-8", "replace")
        shown = f"{display}/{relative}"
        try:
            mode = path.stat().st_mode
        except OSError as error:
            if ignore.ignores(relative, folder=False):
                continue
            raise refused(
                shown, f"cannot be read: {(error.strerror or str(error)).lower()}", _LINK if path.is_symlink() else ""
            ) from None
        if ignore.ignores(relative, folder=stat.S_ISDIR(mode)):
            continue
        _stay_inside(path, boundary, shown)
        if stat.S_ISDIR(mode):
            yield from _walk(path, f"{relative}/", ignore, boundary, display, (*seen, real))
        elif stat.S_ISREG(mode):
            yield relative, path
        else:
            raise refused(shown, "is a device, a pipe or a socket", "remove it, or name it in .helmignore")


_LINK = "put the file itself in the place of the link, or name it in .helmignore"


def _boundary(root: Path) -> Path:
    """How far links may lead: the repository the chart is in, or its own folder."""
    real = root.resolve()
    return next((folder for folder in (real, *real.parents) if (folder / ".git").exists()), real)
