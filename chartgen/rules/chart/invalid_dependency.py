"""Dependencies that cannot be fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import Dependency, dependencies
from chartgen.version import Range

_ALIAS = re.compile(r"[a-zA-Z0-9_-]+")
_SCHEMES = ("https://", "http://", "oci://", "file://", "alias:", "@")


class InvalidDependency(ChartRule):
    """A dependency has a version, a repository or an alias that Helm cannot use, or the name of another.

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
    needs = ("Chart.yaml:dependencies", "requirements.yaml")

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Read each version as a range and each repository as a URL that Helm has a getter for."""
        seen: set[str] = set()
        for dependency in dependencies(ctx):
            yield from self._key(ctx, dependency, seen)
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

    def _key(self, ctx: ChartContext, dependency: Dependency, seen: set[str]) -> Iterator[Fault]:
        """Check the alias, and that no other dependency has the same. Source: ``Metadata.Validate`` of Helm."""
        alias, key = text(dependency.body, "alias"), dependency.key
        place = Place.in_file(dependency.locate(ctx, "alias" if alias else "name"))
        if alias and not _ALIAS.fullmatch(alias):
            cure = "use letters, digits, '-' and '_'"
            yield self.fault(place, f"the alias {alias!r} of {dependency.name} is not allowed", help=cure)
        if key and key in seen:
            cure = "give one of the two an alias of its own"
            yield self.fault(place, f"two dependencies are called {key!r}, and Helm refuses the chart", help=cure)
        seen.add(key)


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
