"""Dependencies fetched in the clear."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import Dependency, dependencies


class InsecureDependencyRepository(ChartRule):
    """A dependency is fetched over http.

    ## Why
    Anyone on the way can put another chart in its place, and it is installed with the rights of whoever installs
    yours.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: ^20.1.0
        repository: http://charts.example.com # here
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

    id = "insecure-dependency-repository"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = ("Chart.yaml:dependencies", "requirements.yaml")

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Find repositories that begin with ``http://``."""
        for dependency in dependencies(ctx):
            if dependency.repository.startswith("http://"):
                yield self.fault(
                    Place.in_file(dependency.locate(ctx, "repository")),
                    f"{dependency.name or 'a dependency'} is fetched from {dependency.repository}, unencrypted",
                    help="use https:// or oci://",
                    fix=_fix(dependency, ctx),
                )


def _fix(dependency: Dependency, ctx: ChartContext) -> Fix:
    where = dependency.locate(ctx, "repository")
    secure = dependency.repository.replace("http://", "https://", 1)
    return Fix("fetch it over https", (SetField(where.pointer, secure, where.file or ""),), safe=False)
