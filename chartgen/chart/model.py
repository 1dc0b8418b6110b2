"""A chart is a value: paths to contents.

Generating makes one, reading loads one, linting, comparing and regenerating take them. Nothing here touches a disk.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Self

from chartgen.tuples import NamedTuple

LARGEST_TEXT = 16 << 20
"""Bytes of a file that is looked into; Helm before 4.3 loads none of more than 5 MiB."""


@lru_cache(maxsize=4096)  # the charts of a run have the same files
def safe_path(path: str) -> PurePosixPath:
    """A path inside a chart. Raises ValueError when it is absolute, empty or would lead out of the chart."""
    pure = PurePosixPath(path)
    if not pure.parts or pure.is_absolute() or ".." in pure.parts or "\\" in path or "\0" in path:
        raise ValueError(f"{path!r} is no path inside a chart")
    return pure


class Chart(NamedTuple):
    """One chart, its subcharts' files among its own under ``charts/``.

    ``files`` maps POSIX paths relative to the chart's folder to bytes, sorted by path. ``metadata`` is Chart.yaml as
    data (empty when it does not parse). ``origin`` is where it was read from, as the user named it, or ``""``.
    ``unpackaged`` are the values files that lie in the chart's folder and that ``.helmignore`` keeps out of the chart:
    Helm never sees them, but they say under which values the chart is meant to work.
    """

    files: Mapping[str, bytes]
    metadata: Mapping[str, Any] = MappingProxyType({})
    origin: str = ""
    unpackaged: Mapping[str, bytes] = MappingProxyType({})

    @classmethod
    def of(
        cls,
        files: Mapping[str, str | bytes],
        *,
        metadata: Mapping[str, Any] | None = None,
        origin: str = "",
        unpackaged: Mapping[str, bytes] | None = None,
    ) -> Self:
        """Make a chart from texts or bytes; checks and sorts the paths. Raises ValueError for a path outside."""
        checked = {
            str(safe_path(path)): content.encode() if isinstance(content, str) else content
            for path, content in files.items()
        }
        return cls(dict(sorted(checked.items())), metadata or {}, origin, dict(sorted((unpackaged or {}).items())))

    @property
    def name(self) -> str:
        """The chart's name from its metadata, or ``""``."""
        name = self.metadata.get("name")
        return name if isinstance(name, str) else ""

    def text(self, path: str) -> str | None:
        """A file as text, or None when the chart has no such file. Bytes that are not UTF-8 become U+FFFD.

        A file that is larger than any that people or Helm read has no text.
        """
        content = self.files.get(path, self.unpackaged.get(path))
        if content is not None and len(content) > LARGEST_TEXT:
            return ""
        return None if content is None else content.decode("utf-8", "replace")

    def under(self, folder: str) -> Iterator[str]:
        """The paths below a folder of this chart, in order, those of subcharts not among them."""
        prefix = folder.rstrip("/") + "/"
        return (path for path in self.files if path.startswith(prefix))

    @property
    def templates(self) -> tuple[str, ...]:
        """The paths of the chart's own templates, partials and NOTES.txt included."""
        return tuple(self.under("templates"))

    def display(self, path: str) -> str:
        """A file's path as the user would open it: the origin in front."""
        return f"{self.origin.rstrip('/')}/{path}" if self.origin and self.origin != "." else path
