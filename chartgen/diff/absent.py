"""Charts whose dependencies were not fetched, as they lie in their repository: compared without them, on both sides.

What a missing dependency renders cannot be known, and the rest of the chart can. A dependency that only one side lacks
is left out of the other as well, or all its objects would seem to have gone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.compare.side import Side
from chartgen.engine.dependencies import missing
from chartgen.templates.abstract import Parts
from chartgen.templates.charts import switches_of

_LISTING = ("Chart.yaml", "requirements.yaml")


def lacking(old: Chart, new: Chart) -> frozenset[str]:
    """The names of the dependencies that one of two charts declares and does not have."""
    found = (missing(chart, {}) for chart in (old, new))
    return frozenset(name for one in found if one for name in one.names)


def conditions(side: Side, names: frozenset[str]) -> frozenset[Parts]:
    """The places in the values that say whether some dependencies of a chart are used."""
    top = side.analysis.family.instances[0]
    return frozenset(parts for one in top.dependencies if one.get("name") in names for parts in switches_of(one))


def without(chart: Chart, names: frozenset[str]) -> Chart:
    """A chart as if it had never had some dependencies."""
    if not names:
        return chart
    files = {path: content for path, content in chart.files.items() if not _belongs(path, chart, names)}
    for path in _LISTING:
        if path in files and (described := metadata(files[path])):
            files[path] = json.dumps(_reduced(described, names), default=str).encode()
    return chart._replace(files=files, metadata=_reduced(chart.metadata, names))


def _reduced(described: Mapping[str, Any], names: frozenset[str]) -> Mapping[str, Any]:
    listed = described.get("dependencies")
    if not isinstance(listed, list):
        return described
    kept = [one for one in listed if not (isinstance(one, dict) and one.get("name") in names)]
    return {**described, "dependencies": kept}


def _belongs(path: str, chart: Chart, names: frozenset[str]) -> bool:
    """Whether a file under ``charts/`` is one of these dependencies', unpacked or not."""
    parts = path.split("/")
    if parts[0] != "charts" or len(parts) < 2:
        return False
    if len(parts) == 2:
        return any(parts[1].startswith(f"{name}-") and parts[1].endswith(".tgz") for name in names)
    return metadata(chart.files.get(f"charts/{parts[1]}/Chart.yaml", b"")).get("name") in names
