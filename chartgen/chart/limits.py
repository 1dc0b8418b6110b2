"""How large a chart may be, and how one is refused."""

from __future__ import annotations

from chartgen.errors import CannotDo, InvalidInput, Problem
from chartgen.location import Location

LARGEST_CHART = 100 << 20
"""Bytes of all files of a chart together; Helm's own limit (``MaxDecompressedChartSize``)."""

MOST_FILES = 20_000
"""Files of a chart, its subcharts' among them. The largest public charts have some hundreds."""


DEEPEST_FOLDER = 60
"""Folders within each other; subcharts of subcharts of public charts come to 15."""

LARGEST_HELMIGNORE = 64 << 10
"""Bytes of a ``.helmignore``, each of whose lines is tried on each file. A long one has 2 KB."""


def refused(file: str, message: str, hint: str = "", *, line: int | None = None) -> InvalidInput:
    """The error for a chart that is there but cannot be loaded."""
    return InvalidInput((Problem(message, Location(file, line), hint, "unreadable-chart"),))


def unreadable(error: OSError, path: str) -> CannotDo:
    """The error for what the operating system does not let us read: the file it names, else ``path``."""
    said = error.strerror or str(error)
    return CannotDo(f"{str(error.filename or path)!r} cannot be read: {said[:1].lower()}{said[1:]}")
