"""Charts by reference, wherever they are.

- a folder, or a ``.tgz``
- ``git:REF``, ``git:REF:charts/web``: as of a commit of the repository one stands in, read without a working tree. The
  path is that from the repository's root, or with ``./`` in front that from the working directory, as in git.
- ``oci://registry.example.com/charts/web:1.2.3``
- ``https://example.com/web-1.2.3.tgz``
- ``https://charts.example.com/web:1.2.3``: a chart of a repository, the newest one without a version
"""

from __future__ import annotations

import re
from pathlib import Path

from chartgen.chart.git import commit, own_repository
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata, read_chart
from chartgen.chart.snapshot import Snapshot
from chartgen.errors import CannotDo

GIT = "git:"
_HOSTS = ("oci://", "https://", "http://")
_PACKAGES = (".tgz", ".tar.gz")
_PUBLISHED = re.compile(r"(?P<repository>.+?)/(?P<name>[^/:@]+)(?::(?P<version>[^/:@]+))?")


def chart_of(reference: str, *, like: str = "", engine: str = "auto", plain_http: bool = False) -> Chart:
    """Read the chart that a reference names.

    ``like`` is another chart's folder: ``git:REF`` without a path is the chart that was there. ``engine`` says which
    Helm fetches, ``plain_http`` that an OCI registry speaks HTTP. Raises CannotDo when there is no such chart,
    InvalidInput when it is one that Helm would not load.
    """
    if not reference:
        raise CannotDo("a path is empty", hint="is it a shell variable that is not set?")
    if reference.startswith(GIT):
        return _of_commit(reference, like)
    if reference.startswith(_HOSTS):
        return packed(_fetched(reference, engine, plain_http=plain_http), reference)
    return released(Path(reference), display=reference)


def released(path: Path, *, display: str = "") -> Chart:
    """The chart in a folder or a package, as it would be released. Raises what ``read_chart`` does.

    Helm packs ``.git``, too, where ``.helmignore`` does not leave it out; but it is in no commit, and in no release.
    """
    chart = read_chart(path, display=display)
    kept = {name: data for name, data in chart.files.items() if name.partition("/")[0] != ".git"}
    return chart._replace(files=kept) if len(kept) < len(chart.files) else chart


def packed(data: bytes, display: str) -> Chart:
    """The chart in the bytes of a package. Raises InvalidInput for what is none."""
    from chartgen.chart.archive import unpack
    from chartgen.chart.limits import refused

    files = unpack(data, display)
    if "Chart.yaml" not in files:
        raise refused(display, "is not a chart: it has no Chart.yaml", "name the package of a chart")
    try:
        return Chart.of(files, metadata=metadata(files["Chart.yaml"]), origin=display)
    except ValueError as error:
        raise refused(display, str(error), "rename the file") from None


def _of_commit(reference: str, like: str) -> Chart:
    ref, colon, path = reference.removeprefix(GIT).partition(":")
    like = like if like and Path(like).is_dir() else ""
    where = Path() if colon else Path(like)
    root = own_repository(where)
    if colon and not path.startswith(("./", "../")) and path != ".":
        folder = path.strip("/")
    else:
        place = (where / path).resolve()
        if not place.is_relative_to(root):
            raise CannotDo(f"{reference!r} leads out of the repository {str(root)!r}", hint="name a folder in it")
        folder = "" if place == root else place.relative_to(root).as_posix()
    snapshot = Snapshot(root, commit(root, ref))
    if colon or like or snapshot.at(f"{folder}/Chart.yaml".lstrip("/")) is not None:
        return snapshot.chart(folder, reference)
    charts = [one for one in snapshot.charts() if not folder or f"{one}/".startswith(f"{folder}/")]
    if len(charts) != 1:
        some = ", ".join(f"git:{ref}:{one}" for one in charts[:3])
        raise CannotDo(
            f"{reference!r} does not say which chart", hint=f"name one: {some}" if some else "there is none in it"
        )
    return snapshot.chart(charts[0], reference)


def _fetched(reference: str, engine: str, *, plain_http: bool) -> bytes:
    from chartgen.engine.fetching import download, fetch_package

    if reference.endswith(_PACKAGES) and not reference.startswith("oci://"):
        return download(reference)
    parts = _PUBLISHED.fullmatch(reference)
    if parts is None or parts["repository"].endswith(("/", ":")):
        raise CannotDo(
            f"{reference!r} names no chart",
            hint="write oci://registry/charts/web:1.2.3, https://host/web-1.2.3.tgz or https://repository/web:1.2.3",
        )
    if plain_http and reference.startswith("oci://"):
        from chartgen.engine.publishing import published

        found = published(parts["repository"], parts["name"], parts["version"] or "", plain_http=True, engine=engine)
        if found is None:
            raise CannotDo(f"{reference!r} cannot be fetched over HTTP", hint="is the reference right?")
        return found
    return fetch_package(parts["repository"], parts["name"], parts["version"] or "", engine=engine)
