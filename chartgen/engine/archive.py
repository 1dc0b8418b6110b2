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


_MODE, _TIME, _BLANK = b"0000644\0" + b"0000000\0" * 2, b"00000000000\0", b" " * 8
_REST = (b"\0" * 100 + b"ustar  \0").ljust(_BLOCK - 157, b"\0")
_SUM = sum(_MODE + _TIME + _BLANK + _REST)
"""What is the same in the head of each member, and what that comes to."""


def _entry(name: bytes, content: bytes, kind: bytes) -> tuple[bytes, ...]:
    """One member in GNU tar's format, in parts: owner, group and time zero, mode 0644."""
    size = b"%011o\0" % len(content)
    checksum = b"%06o\0 " % (_SUM + sum(name) + sum(size) + kind[0])
    padding = b"\0" * (-len(content) % _BLOCK)
    return (name.ljust(100, b"\0"), _MODE, size, _TIME, checksum, kind, _REST, content, padding)
