"""A chart as the bytes of the archive Helm loads.

What was read is exactly what is rendered: the archive is made from the chart in memory, never from the disk. It is
written by hand because ``tarfile`` takes 12 ms to import, and stored rather than compressed because it only passes
through a pipe. The same chart gives the same bytes.
"""

from __future__ import annotations

import zlib

from chartgen.chart.model import Chart

_BLOCK = 512
_ROOT = "chart"
"""Helm takes the chart's name from Chart.yaml; the folder in the archive only has to be there."""


def archive(chart: Chart) -> bytes:
    """The chart as a gzipped tar archive."""
    parts: list[bytes] = []
    for path, content in chart.files.items():
        name = f"{_ROOT}/{path}".encode("utf-8", "surrogateescape")
        if len(name) > 100:
            parts += _entry(b"././@LongLink", name + b"\0", b"L")
        parts += _entry(name[:100], content, b"0")
    parts.append(b"\0" * (2 * _BLOCK))
    return zlib.compress(b"".join(parts), level=0, wbits=31)


def _entry(name: bytes, content: bytes, kind: bytes) -> tuple[bytes, ...]:
    """One member in GNU tar's format, in parts: owner, group and time zero, mode 0644."""
    header = b"".join(
        (
            name.ljust(100, b"\0"),
            b"0000644\0" + b"0000000\0" * 2,
            f"{len(content):011o}\0".encode(),
            b"00000000000\0",
            b" " * 8,
            kind,
            b"\0" * 100,
            b"ustar  \0",
        )
    ).ljust(_BLOCK, b"\0")
    checksum = f"{sum(header):06o}\0 ".encode()
    return (header[:148], checksum, header[156:], content, b"\0" * (-len(content) % _BLOCK))
