"""Which of a chart's dependencies lie in its ``charts/`` folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from chartgen.chart.model import Chart
from chartgen.kube.access import items, text

_ARCHIVE = re.compile(r"charts/(?P<name>[^/]+?)-v?\d[^/]*\.(?:tgz|tar\.gz)\Z")


def missing(chart: Chart) -> tuple[tuple[int, str], ...]:
    """The dependencies of Chart.yaml (or, for ``apiVersion: v1``, of requirements.yaml) that ``charts/`` lacks.

    Each with its index in the list.
    """
    present = set(_present(chart))
    return tuple((index, name) for index, name in _named(chart.metadata) if name not in present)


def _named(metadata: Any) -> Iterator[tuple[int, str]]:
    for index, item in enumerate(items(metadata, "dependencies")):
        if name := text(item, "name"):
            yield index, name


def _present(chart: Chart) -> Iterator[str]:
    """The names of the charts in ``charts/``: folders by the name in their Chart.yaml, archives by their file name."""
    from chartgen.yamlread import YamlError, read

    for path in chart.under("charts"):
        parts = path.split("/")
        if len(parts) == 3 and parts[2] == "Chart.yaml":
            yield parts[1]
            try:
                yield text(read(chart.text(path) or "").data, "name")
            except YamlError:
                continue
        elif match := _ARCHIVE.match(path):
            yield match["name"]
