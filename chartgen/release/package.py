"""A chart as the package that is published: the same files give the same bytes, on any day and on any machine.

Unlike ``helm package`` every file is packed as it is: Chart.yaml keeps its comments and its order, packed dependencies
stay packed. Files stand in Helm's order, under the chart's name; owners, modes and times say nothing. That the bytes
are the same everywhere takes the same zlib: Python's own, or the system's.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import tarfile
from collections.abc import Iterable, Mapping
from typing import Any

from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.engine.dependencies import missing
from chartgen.errors import CannotDo, InvalidInput, Problem
from chartgen.fielddata import CannotEdit
from chartgen.location import Location, Pointer
from chartgen.release.chartyaml import FILE, data_of, with_app_version, with_version
from chartgen.tuples import NamedTuple
from chartgen.version import is_semver
from chartgen.yamlread import read
from chartgen.yamlscalar import YamlError


class Package(NamedTuple):
    """A packed chart: the file's name, its bytes, and the chart's metadata."""

    name: str
    data: bytes
    metadata: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes, as an index and a provenance file have it, without ``sha256:``."""
        return hashlib.sha256(self.data).hexdigest()


def package(chart: Chart, *, time: int = 0, version: str = "", app_version: str = "") -> Package:
    """Pack a chart; ``time`` is that of all files, in seconds since 1970. Versions, where given, go into Chart.yaml.

    Raises InvalidInput for a chart that Helm would not publish: without a name or a version, or with dependencies that
    are not in ``charts/``. Raises CannotDo for a version that Chart.yaml cannot be given.
    """
    if version or app_version:
        chart = _with_versions(chart, version, app_version)
    if problems := tuple(_problems(chart)):
        raise InvalidInput(problems, {chart.display(FILE): chart.text(FILE) or ""})
    name = f"{chart.name}-{chart.metadata['version']}.tgz"
    return Package(name, _packed(chart, time), chart.metadata)


def opened(name: str, data: bytes, chart: Chart) -> Package:
    """A package that is there already, ``chart`` being what was read from it. Raises InvalidInput."""
    if problems := tuple(_problems(chart)):
        raise InvalidInput(problems)
    return Package(name, data, chart.metadata)


def _with_versions(chart: Chart, version: str, app_version: str) -> Chart:
    text = chart.text(FILE) or ""
    try:
        text = with_version(text, version) if version else text
        if app_version:
            text = with_app_version(text, str(data_of(text).get("appVersion", "")), app_version)
    except CannotEdit as error:
        raise CannotDo(f"{chart.display(FILE)}: {error}", hint="write the version into Chart.yaml") from None
    content = text.encode()
    return chart._replace(files={**chart.files, FILE: content}, metadata=metadata(content))


_NAME = re.compile(r"[a-zA-Z0-9._-]+")


def _problems(chart: Chart) -> Iterable[Problem]:
    """Why a chart cannot be published."""
    name, version = chart.metadata.get("name"), chart.metadata.get("version")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield Problem("the chart has no name that a file can have", _place(chart, "name"), "give it one", "no-name")
    if not isinstance(version, str) or not is_semver(version):
        shown = f"version {version!r} is not" if version is not None else "there is no version, which has to be"
        yield Problem(f"{shown} three numbers, as SemVer has it", _place(chart, "version"), "as in 1.2.3", "no-version")
    if absent := missing(chart, {}):
        where = chart.origin or "."
        yield Problem(
            f"dependencies are not in charts/: {', '.join(absent.names)}",
            _place(chart, "dependencies"),
            f"fetch them: helm dependency build {where}",
            "missing-dependencies",
        )


def _place(chart: Chart, key: str) -> Location:
    try:
        return read(chart.text(FILE) or "").locate(Pointer((key,)), file=chart.display(FILE))
    except YamlError as error:
        return Location(chart.display(FILE), error.line, error.column)


def _packed(chart: Chart, time: int) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(chart.files, key=_order):
            member = tarfile.TarInfo(f"{chart.name}/{path}")
            member.size = len(chart.files[path])
            member.mtime = time
            member.mode = 0o644
            tar.addfile(member, io.BytesIO(chart.files[path]))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=time) as packer:
        packer.write(stream.getvalue())
    return packed.getvalue()


_FIRST = (FILE, "Chart.lock", "values.yaml", "values.schema.json")
"""What Helm writes before the templates, so that it is found without unpacking the rest."""


def _order(path: str) -> tuple[int, bytes]:
    if path in _FIRST:
        return _FIRST.index(path), b""
    rank = 4 if path.startswith("templates/") else 6 if path.startswith("charts/") else 5
    return rank, path.encode("utf-8", "surrogateescape")
