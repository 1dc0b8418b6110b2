"""Charts in charts/ that are not the version that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import Dependency, Subchart, dependencies, subcharts
from chartgen.version import Range, Version


class DependencyVersionMismatch(ChartRule):
    """The chart in `charts/` has a version outside the range that Chart.yaml asks for.

    ## Why
    Helm installs what lies in `charts/`. What Chart.yaml says is then not what runs, and the next
    `helm dependency build` replaces it by another version. It is what is left when a range is raised and
    `helm dependency update` forgotten.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: ^20.1.0 # here
        repository: https://charts.example.com
    ```
    ```yaml
    # charts/redis/Chart.yaml
    apiVersion: v2
    name: redis
    version: 19.6.0
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
    ```yaml
    # charts/redis/Chart.yaml
    apiVersion: v2
    name: redis
    version: 20.3.1
    ```
    """

    id = "dependency-version-mismatch"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = ("charts/",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Compare each dependency with the charts of its name; one that fits is enough."""
        declared = list(dependencies(ctx))
        present = subcharts(ctx) if declared else ()
        for dependency in declared:
            same = [subchart for subchart in present if subchart.name == dependency.name]
            wrong = [subchart for subchart in same if not _fits(dependency, subchart)]
            if wrong and len(wrong) == len(same):
                found = wrong[0]
                yield self.fault(
                    Place.in_file(dependency.locate(ctx, "version")),
                    f"{found.path} is version {found.metadata.get('version')}, "
                    f"{dependency.name} is wanted in {dependency.body.get('version')}",
                    help="run 'helm dependency update'",
                )


def _fits(dependency: Dependency, subchart: Subchart) -> bool:
    """Whether a version is in a range; what cannot be read fits, since other rules tell about it."""
    wanted, given = dependency.body.get("version"), subchart.metadata.get("version")
    if not isinstance(wanted, str) or not isinstance(given, str) or not wanted:
        return True
    try:
        return Version.parse(given) in Range(wanted)
    except ValueError:
        return True
