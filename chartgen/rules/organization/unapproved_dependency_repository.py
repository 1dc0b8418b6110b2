"""Dependencies from where an organization does not want them."""

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import dependencies
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Where dependencies may come from."""

    repositories: tuple[str, ...] = ()


class UnapprovedDependencyRepository(ChartRule):
    """A dependency comes from a repository that the organization does not allow.

    ## Why
    A chart runs with the rights of whoever installs it, so where it comes from matters as much as where images come
    from. Dependencies beside the chart (`file://`, or only in `charts/`) are always allowed.

    ## Options
    - `repositories` (default none): beginnings of the URLs that are allowed.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: ^20.1.0
        repository: https://charts.elsewhere.example # here
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      unapproved-dependency-repository:
        repositories: ["oci://registry.example.com/charts"]
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
        repository: oci://registry.example.com/charts
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      unapproved-dependency-repository:
        repositories: ["oci://registry.example.com/charts"]
    ```
    """

    id = "unapproved-dependency-repository"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    needs = ("Chart.yaml:dependencies", "requirements.yaml")
    options: Options = Options()

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Compare each remote repository with the beginnings that are allowed."""
        allowed = self.options.repositories
        for dependency in dependencies(ctx):
            if dependency.is_remote and not dependency.repository.startswith(allowed):
                yield self.fault(
                    Place.in_file(dependency.locate(ctx, "repository")),
                    f"{dependency.name or 'a dependency'} comes from {dependency.repository}, which is not allowed",
                    help=f"take it from {', '.join(allowed)}" if allowed else "list what is allowed under repositories",
                )
