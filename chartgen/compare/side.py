"""One of two charts that are compared: its files as data with positions, and what it renders to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Job
from chartgen.engine.objects import Parsed
from chartgen.location import Location, Pointer
from chartgen.templates.analysis import Analysis
from chartgen.yamlread import Document, read
from chartgen.yamlscalar import YamlError

VALUES = "values.yaml"
SCHEMA = "values.schema.json"
METADATA = "Chart.yaml"


class Rendering(NamedTuple):
    """A chart under one set of values: its objects, or the failure that left it without any.

    ``files`` is the rendered text by template; ``crds`` that of the files under ``crds/``. ``job`` is what was asked.
    ``again`` is what the same job gave a second time, where a template may give something else each time. ``without``
    names dependencies that were not fetched, and that it was rendered without.
    """

    job: Job
    parsed: Parsed = Parsed(())
    failure: Failure | None = None
    files: Mapping[str, str] = MappingProxyType({})
    crds: Mapping[str, str] = MappingProxyType({})
    again: Parsed | None = None
    without: tuple[str, ...] = ()


class Side:
    """A chart and its renderings by scenario."""

    def __init__(self, chart: Chart, renderings: Mapping[str, Rendering] = MappingProxyType({})) -> None:
        self.chart = chart
        self.renderings = renderings
        self._documents: dict[str, Document | YamlError | None] = {}

    def document(self, path: str) -> Document | YamlError | None:
        """A YAML file of the chart with positions; the error when it does not parse, None when it does not exist."""
        if path not in self._documents:
            text = self.chart.text(path)
            try:
                self._documents[path] = None if text is None else read(text)
            except YamlError as error:
                self._documents[path] = error
        return self._documents[path]

    def data(self, path: str) -> Mapping[str, Any]:
        """The mapping in a YAML file of the chart; empty when there is none."""
        document = self.document(path)
        return document.data if isinstance(document, Document) and isinstance(document.data, dict) else {}

    def locate(self, path: str, pointer: Pointer = Pointer(), *, key: bool = True) -> Location:
        """A place in a file of the chart, with its line where that is known. The file is relative to the chart."""
        document = self.document(path) if path.endswith((".yaml", ".yml", ".json")) else None
        found = document.locate(pointer, key=key, file=path) if isinstance(document, Document) else Location(path)
        return found._replace(pointer=pointer)

    @cached_property
    def metadata(self) -> Mapping[str, Any]:
        """Chart.yaml."""
        return self.data(METADATA)

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """values.yaml, without what subcharts bring."""
        return self.data(VALUES)

    @cached_property
    def values_lines(self) -> tuple[str, ...]:
        """The lines of values.yaml."""
        return tuple((self.chart.text(VALUES) or "").splitlines())

    @cached_property
    def schema(self) -> Mapping[str, Any] | None:
        """values.schema.json, None when there is none or it is no JSON object."""
        text = self.chart.text(SCHEMA)
        try:
            found = json.loads(text) if text is not None else None
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    def follow(self) -> None:
        """Work out ``analysis`` now, which takes as long as rendering does."""
        _ = self.analysis

    @cached_property
    def analysis(self) -> Analysis:
        """The chart's templates, parsed and followed: which values they read, and how."""
        return Analysis(self.chart, self.data)

    @property
    def is_library(self) -> bool:
        """Whether it is a library chart, which renders nothing."""
        return self.metadata.get("type") == "library"
