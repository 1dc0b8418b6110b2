"""Dependencies that may be replaced by anything."""

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.chart._subcharts import dependencies
from chartgen.tuples import NamedTuple
from chartgen.version import Range, Version, is_semver


class Options(NamedTuple):
    """How much of a version must be fixed."""

    exact: bool = False


class UnboundedDependency(ChartRule):
    """A dependency is fetched without an upper bound to its version.

    ## Why
    `helm dependency update` takes the newest chart that fits, so `*` and `>=1.0.0` bring in the next major version,
    with other values and other objects, on the day it appears. Charts that come from `file://` or lie in `charts/` are
    passed over: they change together with the chart.

    ## Options
    - `exact` (default `false`): whether only a single version will do, as `20.1.0`.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: ">=20.0.0" # here
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

    ## Bad: exact versions wanted
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
    # .chartgen.yaml
    rules:
      unbounded-dependency:
        exact: true
    ```
    """

    id = "unbounded-dependency"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = ("Chart.yaml:dependencies", "requirements.yaml")
    options: Options = Options()

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Ask each range whether a version far above all others fits."""
        for dependency in dependencies(ctx):
            given = dependency.body.get("version")
            if not dependency.is_remote:
                continue
            text = "" if given is None else str(given)
            place = Place.in_file(dependency.locate(ctx, "version"))
            name = dependency.name or "a dependency"
            if not text:
                yield self.fault(place, f"{name} has no version", help="write for example ^1.2.0")
            elif self.options.exact and not is_semver(text.removeprefix("v")):
                yield self.fault(place, f"the version {text!r} of {name} is no single version", help="write 1.2.3")
            elif _is_unbounded(text):
                cure = "give it an upper bound, for example ^1.2.0"
                yield self.fault(place, f"the version {text!r} of {name} has no upper bound", help=cure)


def _is_unbounded(text: str) -> bool:
    try:
        return Version(999_999, 0, 0) in Range(text)
    except ValueError:
        return False  # invalid-dependency says it
