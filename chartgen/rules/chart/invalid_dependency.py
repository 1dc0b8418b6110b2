"""Dependencies that cannot be fetched."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import Dependency, dependencies
from chartgen.version import Range

_SCHEMES = ("https://", "http://", "oci://", "file://", "alias:", "@")


class InvalidDependency(ChartRule):
    """A dependency has a version that is no range, or a repository that Helm cannot ask.

    ## Why
    `helm dependency update` ends with an error. What lies in `charts/` hides it until someone wants a newer version.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: newest # here
        repository: https://charts.example.com
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: ^20.1.0
        repository: https://charts.example.com
    ```
    """

    id = "invalid-dependency"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Read each version as a range and each repository as a URL that Helm has a getter for."""
        for dependency in dependencies(ctx):
            name = dependency.name or "a dependency"
            if not _is_range(dependency):
                yield self.fault(
                    Place.in_file(dependency.locate(ctx, "version")),
                    f"the version {dependency.body.get('version')!r} of {name} is no version and no range",
                    help="write for example ^1.2.0, ~1.2.0 or 1.2.3",
                )
            if dependency.repository and not dependency.repository.startswith(_SCHEMES):
                yield self.fault(
                    Place.in_file(dependency.locate(ctx, "repository")),
                    f"the repository {dependency.repository!r} of {name} is none that Helm can ask",
                    help="begin it with https://, oci:// or file://, or leave it out for a chart in charts/",
                )


def _is_range(dependency: Dependency) -> bool:
    version = dependency.body.get("version")
    if version in (None, ""):
        return True  # unbounded-dependency says it
    if not isinstance(version, str):
        return isinstance(version, int | float) and not isinstance(version, bool)
    try:
        Range(version)
    except ValueError:
        return False
    return True
