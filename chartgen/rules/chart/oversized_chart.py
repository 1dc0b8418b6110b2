"""Charts that do not fit into a release."""

import zlib
from collections.abc import Collection, Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.tuples import NamedTuple

_HELD_BACK = 64 * 1024
"""Bytes that zlib may have taken in and not given out yet."""

_SMALL = 768 * 1000
"""Bytes of a chart that always fit, even if nothing could be packed."""


class Options(NamedTuple):
    """How much of a release's Secret the chart may take."""

    largest_kib: int = 1024


class OversizedChart(ChartRule):
    """The chart's files do not fit into the Secret that Helm keeps a release in.

    ## Why
    Helm stores templates, values and all other files of the chart in a Secret for each revision, packed and then
    written as base64. Kubernetes allows 1 MiB: `Secret is invalid: data: Too long: must have at most 1048576 bytes`.
    Large dashboards, binaries and definitions in `crds/` are the usual cause; subcharts are not stored.

    ## Options
    - `largest-kib` (default 1024): KiB that the packed files may take.

    ## Bad
    ```yaml
    # files/noise.txt
    f3a9c1e07b52d84610c7e5ab39f0d26841b7ce93
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      oversized-chart:
        largest-kib: 0
    ```

    ## Good
    ```yaml
    # values.yaml
    replicaCount: 1
    ```
    """

    id = "oversized-chart"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    options: Options = Options()

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Pack the files as Helm does; the rendered manifests, which come on top, are not counted."""
        own = {path: content for path, content in ctx.chart.files.items() if not path.startswith("charts/")}
        most = self.options.largest_kib * 1024
        if sum(map(len, own.values())) <= min(_SMALL, most):
            return
        if _fits_loosely(own.values(), most):
            return
        packed = len(zlib.compress(b"".join(map(_encoded, own.values())), 9)) * 4 // 3
        if packed > most:
            largest = sorted(own, key=lambda path: (-len(own[path]), path))[:3]
            yield self.fault(
                Place.in_file(Location("Chart.yaml")),
                f"the chart's files take {packed // 1024} KiB of a release's Secret, which holds {most // 1024}",
                help=f"leave out files, or move them to a subchart; the largest are {', '.join(largest)}",
            )


def _fits_loosely(contents: Collection[bytes], most: int) -> bool:
    """Whether there is room for files that are not packed as tightly as Helm does, which takes long.

    Packed, none takes more than it did before it was written in base64. So the rest need not be packed once there is
    room for it as it is.
    """
    packer = zlib.compressobj(1)
    packed, left = 0, sum(map(len, contents))
    for content in sorted(contents, key=len, reverse=True):
        packed += len(packer.compress(_encoded(content)))
        left -= len(content)
        if (packed + _HELD_BACK + left) * 4 // 3 <= most:
            return True
    return (packed + len(packer.flush())) * 4 // 3 <= most


def _encoded(content: bytes) -> bytes:
    from base64 import b64encode  # few charts are that large

    return b64encode(content)
