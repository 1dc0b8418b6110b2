"""What charts have of their dependencies: two states of one chart are made to have the same, where it is the same.

Packages in ``charts/`` are often fetched and not committed, so that a commit lacks what the folder has; and local
charts (``file://``) become a part of the package only when it is made.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping

from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.errors import ChartgenError
from chartgen.release.dependencies import Dependency
from chartgen.release.dependencies import dependencies as declared
from chartgen.tuples import NamedTuple

Lookup = Callable[[str], Chart | None]
"""Gives the chart in a folder, from the repository's root; None when there is none. May raise ChartgenError."""


class State(NamedTuple):
    """A chart at one time: its folder from the repository's root, and where the other charts of then are."""

    chart: Chart
    folder: str = ""
    lookup: Lookup = lambda folder: None


def comparable(old: State, new: State) -> tuple[Chart, Chart]:
    """The two charts, with what they depend on."""
    before, after = old.chart, new.chart
    for one in dependencies(after):
        same = any(one[1:] == other[1:] for other in dependencies(before))
        mine, theirs = _vendored(after, one), _vendored(before, one)
        if bool(mine) == bool(theirs):
            continue
        if one.folder:
            # What is packed on one side only is not a part of the history: the local chart itself is.
            before, after = _without(before, theirs), _without(after, mine)
        elif same and mine:
            before = _with(before, {path: after.files[path] for path in mine})
        elif same:
            after = _with(after, {path: before.files[path] for path in theirs})
    return completed(old._replace(chart=before)), completed(new._replace(chart=after))


def completed(state: State, seen: tuple[str, ...] = ()) -> Chart:
    """A chart with the local charts it depends on under its ``charts/``, as packaging puts them there."""
    found: dict[str, bytes] = {}
    for one in dependencies(state.chart):
        place = posixpath.normpath(posixpath.join(state.folder, one.folder)) if one.folder else ""
        if not place or place in seen or _vendored(state.chart, one):
            continue
        try:
            inner = state.lookup("" if place == "." else place)
        except ChartgenError:
            continue  # the comparison says what is missing
        if inner is not None:
            whole = completed(state._replace(chart=inner, folder=place), (*seen, state.folder))
            found |= {f"charts/{one.name}/{path}": content for path, content in whole.files.items()}
    return _with(state.chart, found) if found else state.chart


def dependencies(chart: Chart) -> tuple[Dependency, ...]:
    """What a chart depends on, by Chart.yaml or, as before Helm 3, by requirements.yaml."""
    return (*declared(chart.metadata), *declared(metadata(chart.files.get("requirements.yaml", b""))))


def _with(chart: Chart, files: Mapping[str, bytes]) -> Chart:
    return chart._replace(files=dict(sorted({**chart.files, **files}.items())))


def _without(chart: Chart, paths: Iterable[str]) -> Chart:
    gone = frozenset(paths)
    return chart._replace(files={path: content for path, content in chart.files.items() if path not in gone})


def _vendored(chart: Chart, dependency: Dependency) -> tuple[str, ...]:
    """The files under ``charts/`` that are a dependency: its package, or its folder."""
    found: list[str] = []
    for path, content in chart.files.items():
        if not path.startswith("charts/"):
            continue
        _, name, *rest = path.split("/")
        if not rest and name.startswith(f"{dependency.name}-") and name.endswith(".tgz"):
            found.append(path)
        elif rest == ["Chart.yaml"] and metadata(content).get("name") == dependency.name:
            found += [one for one in chart.files if one.startswith(f"charts/{name}/")]
    return tuple(found)
