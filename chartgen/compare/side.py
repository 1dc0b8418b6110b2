"""One of two charts that are compared: its files as data with positions, and what it renders to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from chartgen.chart.documents import Documents
from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Job
from chartgen.engine.objects import Parsed
from chartgen.templates.analysis import Analysis
from chartgen.tuples import NamedTuple

VALUES = "values.yaml"
SCHEMA = "values.schema.json"
METADATA = "Chart.yaml"


class Rendering(NamedTuple):
    """A chart under one set of values: its objects, or the failure that left it without any.

    ``files`` is the rendered text by template; ``crds`` that of the files under ``crds/``. ``job`` is what was asked.
    ``again`` is what the same job gave a second time, where a template may give something else each time. ``without``
    names dependencies that were not fetched, and that it was rendered without; ``passing`` the templates, and kinds of
    theirs, whose objects only an installation has, and which are left out.
    """

    job: Job
    parsed: Parsed = Parsed(())
    failure: Failure | None = None
    files: Mapping[str, str] = MappingProxyType({})
    crds: Mapping[str, str] = MappingProxyType({})
    again: Parsed | None = None
    without: tuple[str, ...] = ()
    passing: frozenset[tuple[str, str]] = frozenset()


class Side(Documents):
    """A chart and its renderings by scenario."""

    def __init__(self, chart: Chart, renderings: Mapping[str, Rendering] = MappingProxyType({})) -> None:
        super().__init__(chart)
        self.renderings = renderings

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
