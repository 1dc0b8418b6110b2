"""What Chart.yaml could tell and does not."""

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which keys are demanded."""

    keys: tuple[str, ...] = ("description", "home", "icon", "maintainers")


class MissingChartKey(ChartRule):
    """Chart.yaml lacks a key that the organization demands.

    ## Why
    Whoever finds the chart in a repository wants to know what it is, where it comes from and whom to ask. Nothing of
    it is needed to install the chart, so this is only looked at when it is asked for. A deprecated chart has no
    maintainers.

    ## Options
    - `keys` (default `description`, `home`, `icon`, `maintainers`): the keys of Chart.yaml that must be set.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    description: Shows how a chart is made
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-chart-key:
        keys: [description, maintainers]
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    description: Shows how a chart is made
    maintainers:
      - name: Ann
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      missing-chart-key:
        keys: [description, maintainers]
    ```
    """

    id = "missing-chart-key"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    options: Options = Options()

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for each demanded key; Chart.yaml as a whole is the place."""
        data = ctx.data("Chart.yaml")
        for key in self.options.keys if data else ():
            if not data.get(key) and not (key == "maintainers" and data.get("deprecated") is True):
                yield self.fault(
                    Place.in_file(Location("Chart.yaml")), f"the chart has no '{key}'", help=f"set {key} in Chart.yaml"
                )
