"""The dependencies that a chart declares, and the charts in its ``charts/``."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.chart.read import metadata
from chartgen.errors import InvalidInput
from chartgen.kube.access import items, text
from chartgen.location import Location, Pointer
from chartgen.rules.base import ChartContext
from chartgen.tuples import NamedTuple


class Dependency(NamedTuple):
    """One entry of ``dependencies`` in Chart.yaml, or in the requirements.yaml of a chart made for Helm 2."""

    file: str
    at: Pointer
    body: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The chart's name, or ``""``."""
        return text(self.body, "name")

    @property
    def key(self) -> str:
        """Under which its values are: the alias, or else the name."""
        return text(self.body, "alias") or self.name

    @property
    def repository(self) -> str:
        """Where it comes from; ``""`` for a chart that only lies in ``charts/``."""
        return text(self.body, "repository")

    @property
    def is_remote(self) -> bool:
        """Whether it is fetched from elsewhere."""
        return bool(self.repository) and not self.repository.startswith("file://")

    def locate(self, ctx: ChartContext, key: str) -> Location:
        """Where a key of the entry stands; the entry itself when it is missing."""
        return ctx.locate(self.file, self.at / key)


class Subchart(NamedTuple):
    """A chart in ``charts/``: its folder or archive, its Chart.yaml as data, and its files by path in its folder."""

    path: str
    metadata: Mapping[str, Any]
    files: Mapping[str, bytes]

    @property
    def name(self) -> Any:
        """What its Chart.yaml calls it."""
        return self.metadata.get("name")

    def values(self) -> Mapping[str, Any]:
        """Its values.yaml as data, which takes a while to read."""
        return metadata(self.files.get("values.yaml", b""))


def dependencies(ctx: ChartContext) -> Iterator[Dependency]:
    """The entries that Helm reads, broken ones left out."""
    for file in ("Chart.yaml", "requirements.yaml"):
        for index, body in enumerate(items(ctx.data(file), "dependencies")):
            if isinstance(body, dict):
                yield Dependency(file, Pointer(("dependencies", index)), body)


def subcharts(ctx: ChartContext) -> tuple[Subchart, ...]:
    """The charts that Helm loads from ``charts/``; what is no chart there is left out.

    Helm passes over names that begin with ``_`` or ``.``. Source: ``LoadFiles`` of Helm's ``pkg/chart/v2/loader``.
    Several rules ask, and an archive has to be unpacked for it, so the answer is kept as long as the chart is.
    """
    found: tuple[Subchart, ...] | None = ctx.memory.get(Subchart)
    if found is None:
        found = ctx.memory[Subchart] = tuple(_subcharts(ctx.chart.files))
    return found


def _subcharts(files: Mapping[str, bytes]) -> Iterator[Subchart]:
    folders: dict[str, dict[str, bytes]] = {}
    for path, content in files.items():
        top, _, rest = path.partition("/")
        name, _, inside = rest.partition("/")
        if top != "charts" or name[:1] in ("", "_", "."):
            continue
        if inside:
            folders.setdefault(name, {})[inside] = content
        elif path.endswith(".tgz"):
            folders[name] = _unpacked(path, content)
    for name, own in sorted(folders.items()):
        if "Chart.yaml" in own:
            yield Subchart(f"charts/{name}", metadata(own["Chart.yaml"]), own)


def _unpacked(path: str, content: bytes) -> dict[str, bytes]:
    from chartgen.chart.archive import unpack

    try:
        return unpack(content, path)
    except InvalidInput:
        return {}  # the render says what is wrong with the archive
