"""How large a chart may be, and how one is refused."""

from __future__ import annotations

from chartgen.errors import InvalidInput, Problem
from chartgen.location import Location

LARGEST_CHART = 100 << 20
"""Bytes of all files of a chart together; Helm's own limit (``MaxDecompressedChartSize``)."""

MOST_FILES = 20_000
"""Files of a chart, its subcharts' among them. The largest public charts have some hundreds."""


def refused(file: str, message: str, hint: str = "", *, line: int | None = None) -> InvalidInput:
    """The error for a chart that is there but cannot be loaded."""
    return InvalidInput((Problem(message, Location(file, line), hint, "unreadable-chart"),))
