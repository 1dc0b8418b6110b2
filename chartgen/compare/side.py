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
from chartgen.fielddata import laid_over
from chartgen.templates.analysis import Analysis
from chartgen.tuples import NamedTuple

VALUES = "values.yaml"
SCHEMA = "values.schema.json"
METADATA = "Chart.yaml"
_OLD_STYLE = "requirements.yaml"
"""Where charts of the old form declare dependencies."""


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
        """values.yaml, over those of subcharts that are part of the package: others have releases of their own."""
        return self._with_parts("", self.metadata, self.data(VALUES))

    def _with_parts(self, folder: str, metadata: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The values of the chart in a folder (``charts/web/``), over those of its own subcharts."""
        within = f"{folder}charts/"
        paths = [path.removeprefix(within).split("/") for path in self.chart.files if path.startswith(within)]
        names = sorted(parts[0] for parts in paths if parts[1:] == [METADATA])
        declared = metadata.get("dependencies") or self.data(f"{folder}{_OLD_STYLE}").get("dependencies")
        entries = [one for one in declared if isinstance(one, dict)] if isinstance(declared, list) else []
        found = dict(values)
        for name in names:
            at = f"{within}{name}/"
            own = [one for one in entries if one.get("name") == name]
            if any(not _is_local(one) for one in own):
                continue
            below = self._with_parts(at, self.data(f"{at}{METADATA}"), self.data(f"{at}{VALUES}"))
            for key in [str(one.get("alias") or name) for one in own] or [name]:
                own_values = found.get(key, {})
                found[key] = laid_over(below, own_values) if isinstance(own_values, Mapping) else own_values
        return found

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


def _is_local(dependency: Mapping[str, Any]) -> bool:
    """Whether a dependency is in no repository: its folder is part of the chart, or lies beside it."""
    repository = str(dependency.get("repository") or "")
    return not repository or repository.startswith("file:")
