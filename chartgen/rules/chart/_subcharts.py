"""The dependencies that a chart declares, and the charts in its ``charts/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chartgen.chart.read import metadata
from chartgen.errors import InvalidInput
from chartgen.kube.access import items, text
from chartgen.location import Location, Pointer
from chartgen.rules.base import ChartContext


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
    """A chart in ``charts/``: its folder or archive, its Chart.yaml and its values.yaml as data."""

    path: str
    metadata: Mapping[str, Any]
    values: Mapping[str, Any]


def dependencies(ctx: ChartContext) -> Iterator[Dependency]:
    """The entries that Helm reads, broken ones left out."""
    for file in ("Chart.yaml", "requirements.yaml"):
        for index, body in enumerate(items(ctx.data(file), "dependencies")):
            if isinstance(body, dict):
                yield Dependency(file, Pointer(("dependencies", index)), body)


def subcharts(ctx: ChartContext) -> Iterator[Subchart]:
    """The charts that Helm loads from ``charts/``; what is no chart there is left out.

    Helm passes over names that begin with ``_`` or ``.``. Source: ``LoadFiles`` of Helm's ``pkg/chart/v2/loader``.
    """
    for path, content in ctx.chart.files.items():
        parts = path.split("/")
        if parts[0] != "charts" or len(parts) < 2 or parts[1][:1] in ("_", "."):
            continue
        if len(parts) == 3 and parts[2] == "Chart.yaml":
            folder = f"charts/{parts[1]}"
            values = ctx.chart.files.get(f"{folder}/values.yaml", b"")
            yield Subchart(folder, metadata(content), metadata(values))
        elif len(parts) == 2 and path.endswith(".tgz"):
            yield from _unpacked(path, content)


def _unpacked(path: str, content: bytes) -> Iterator[Subchart]:
    from chartgen.chart.archive import unpack

    try:
        files = unpack(content, path)
    except InvalidInput:
        return  # the render says what is wrong with the archive
    if "Chart.yaml" in files:
        yield Subchart(path, metadata(files["Chart.yaml"]), metadata(files.get("values.yaml", b"")))
