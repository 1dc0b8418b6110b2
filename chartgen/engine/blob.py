"""What ``helm template`` prints, taken apart into files again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chartgen.chart.model import Chart
from chartgen.engine.failure import chart_path

_SOURCE = re.compile(r"^---\n# Source: (.+)\n", re.MULTILINE)
_CRD = re.compile(r"(?:charts/[^/]+/)*crds/.+\.(?:yaml|yml|json)")
_SUBCHART_CRD = re.compile(r"charts/([^/]+/(?:charts/[^/]+/)*crds/|[^/]+\.tgz$)")


def take_apart(output: str, chart: Chart) -> dict[str, str]:
    """The printed files, path relative to the chart's folder -> text, sorted. Documents of a file are put together."""
    files: dict[str, str] = {}
    heads = [match for match in _SOURCE.finditer(output) if match[1].startswith(f"{chart.name}/")]
    ends = [*(head.start() for head in heads[1:]), len(output)]
    for head, end in zip(heads, ends, strict=True):
        path = chart_path(head[1], chart)
        text = output[head.end() : end].removesuffix("\n")
        if end == len(output) and not text.endswith("\n") and chart.files.get(path, b"\n").endswith(b"\n"):
            text += "\n"  # helm trims what it prints; a file ends as its template does
        files[path] = f"{files[path]}\n---\n{text}" if path in files else text
    return dict(sorted(files.items()))


def crds(chart: Chart, *, printed: Mapping[str, str] | None = None) -> dict[str, str] | None:
    """The chart's CRDs; None when it has subcharts with some, of which only what helm printed says which are on."""
    if printed is not None:
        return {path: text for path, text in printed.items() if _CRD.fullmatch(path)}
    if any(_SUBCHART_CRD.match(path) for path in chart.files):
        return None
    return {path: chart.files[path].decode("utf-8", "replace") for path in chart.files if _CRD.fullmatch(path)}
