"""Reads charts from folders and archives, and finds those below a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chartgen.chart.folder import files_in, values_beside
from chartgen.chart.limits import DEEPEST_FOLDER, LARGEST_CHART, refused, unreadable
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
            files = dict(files_in(path, display))
            unpackaged = dict(values_beside(path, files))
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
    if not content:
        return {}
    from chartgen.chart.documents import read_once
    from chartgen.yamlread import Document

    found = read_once(content.decode("utf-8-sig", "replace"))
    return found.data if isinstance(found, Document) and isinstance(found.data, dict) else {}


def _packed(path: Path, display: str) -> bytes:
    """The bytes of an archive; one that is larger than what may be in it is not read."""
    if path.stat().st_size > LARGEST_CHART:
        raise refused(display, f"the chart is larger than {LARGEST_CHART >> 20} MiB")
    return path.read_bytes()


def is_chart(path: Path) -> bool:
    """Whether a path is a chart: a folder with a Chart.yaml, or an archive that holds one.

    An archive that begins as a chart is one even if it is refused: reading it says why.
    """
    if path.is_dir():
        return (path / "Chart.yaml").is_file()
    if not path.name.endswith(_ARCHIVES) or not path.is_file():
        return False
    from chartgen.chart.archive import begins_as_chart, unpack

    try:
        data = _packed(path, str(path))
    except (OSError, InvalidInput):
        return False
    try:
        return "Chart.yaml" in unpack(data, str(path))
    except InvalidInput:
        return begins_as_chart(data)


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
