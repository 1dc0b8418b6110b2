"""Chart versions that are not quite versions."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.version import Version, is_semver


class LooseChartVersion(ChartRule):
    """The chart's version is not written as SemVer 2 demands.

    ## Why
    Helm reads `v1.2` as 1.2.0, but repositories, OCI registries and update tools compare what is written: the same
    version under two names, and tags that are not found. 0.0.0 is lower than any version a range can ask for.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: v1.2 # here
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.2.0
    ```
    """

    id = "loose-chart-version"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at a version that Helm accepts; one that it refuses does not load."""
        given = ctx.data("Chart.yaml").get("version")
        try:
            version = Version.parse(given) if isinstance(given, str) else None
        except ValueError:
            return
        if version is None:
            return
        place = Place.in_file(ctx.locate("Chart.yaml", Pointer(("version",))))
        if not is_semver(str(given)):
            yield self.fault(
                place, f"the version {given!r} is not SemVer 2", help=f"write {version}", fix=_fix(version)
            )
        elif version == Version(0, 0, 0, "0"):
            yield self.fault(place, f"the version {given!r} is below all others", help="begin with 0.1.0")


def _fix(version: Version) -> Fix:
    return Fix(f"write the version as {version}", (SetField(Pointer(("version",)), str(version), "Chart.yaml"),))
