"""Reads chart archives (``.tgz``), which may have been made to do harm."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zlib
from pathlib import PurePosixPath

from chartgen.chart.limits import LARGEST_CHART, MOST_FILES, refused

_OVERHEAD = 1 << 20
_MEMBER = b"\x1f\x8b\x08"
_MOST_MEMBERS = 2_000
"""Beginnings of compressed data in an archive, packed subcharts' among them; each takes some microseconds to open."""
_HEAD = 1 << 20
"""Bytes at the beginning of an archive in which its Chart.yaml is looked for; Helm writes it first."""
_DRIVE = re.compile("[a-zA-Z]:/")


def unpack(data: bytes, display: str) -> dict[str, bytes]:
    """The files of an archive, their paths without the first folder, as Helm's ``LoadArchiveFiles`` has them.

    Nothing is written anywhere. Links come out as empty files, as in Helm. Raises InvalidInput for what is no archive,
    for a path that leads out of the chart, and for more than ``LARGEST_CHART`` bytes or ``MOST_FILES`` files.
    """
    if data.count(_MEMBER) > _MOST_MEMBERS:
        raise refused(display, f"it is more than {_MOST_MEMBERS:,} archives in one", _PACKAGE)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unzipped = stream.read(LARGEST_CHART + MOST_FILES * 1024 + _OVERHEAD + 1)
    except gzip.BadGzipFile:
        hint = _SPEC if display.endswith((".yaml", ".yml")) else _PACKAGE
        raise refused(display, "it is not a .tgz archive", hint) from None
    except (OSError, EOFError, zlib.error) as error:
        raise refused(display, _damaged(error), _PACKAGE) from None
    if len(unzipped) > LARGEST_CHART + MOST_FILES * 1024 + _OVERHEAD:
        raise refused(display, f"the chart is larger than {LARGEST_CHART >> 20} MiB")
    files: dict[str, bytes] = {}
    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(unzipped), mode="r:") as tar:
            for member in tar:
                if member.isdir():
                    continue
                path = _inside(member.name, display)
                total += member.size
                if total > LARGEST_CHART:
                    raise refused(display, f"the chart is larger than {LARGEST_CHART >> 20} MiB")
                if len(files) >= MOST_FILES:
                    raise refused(display, f"the chart has more than {MOST_FILES:,} files")
                content = tar.extractfile(member) if member.isreg() else None
                files[path] = content.read() if content else b""
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise refused(display, _damaged(error), _PACKAGE) from None
    return files


def begins_as_chart(data: bytes) -> bool:
    """Whether an archive, which may be damaged further on, begins with the files of a chart, as packages of Helm do."""
    try:
        head = zlib.decompressobj(wbits=31).decompress(data, _HEAD)
    except zlib.error:
        return False
    try:
        with tarfile.open(fileobj=io.BytesIO(head), mode="r:") as tar:
            return any(re.fullmatch(r"[^/]+/Chart\.yaml", member.name) for member in tar)
    except (tarfile.TarError, EOFError, ValueError, OverflowError):
        return False


def _damaged(error: Exception) -> str:
    """What Python's libraries say about an archive, in the house's manner."""
    said = str(error)
    return f"the archive is damaged: {said[:1].lower()}{said[1:]}"


_PACKAGE = "make it again with 'helm package'"
_SPEC = "name the chart's folder; an app spec is judged by 'chartgen validate'"


def _inside(name: str, display: str) -> str:
    """A member's path inside the chart: what follows its first folder."""
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\\", "/")
    top, _, rest = name.partition("/")
    path = PurePosixPath(rest)
    if top == "Chart.yaml":
        raise refused(display, "Chart.yaml is not in a folder of the archive", _PACKAGE)
    if rest.startswith("/") or ".." in path.parts or not path.parts or _DRIVE.match(rest) or "\0" in rest:
        raise refused(display, f"the archive holds {name!r}, which would be outside the chart", _PACKAGE)
    return str(path)
