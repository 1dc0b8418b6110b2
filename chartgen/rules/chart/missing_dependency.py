"""Dependencies that are declared but not there."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Location, Pointer
from chartgen.rules.base import ChartContext, Fault, Place, Profile, ScenarioContext, ScenarioRule
from chartgen.rules.chart._dependencies import missing


class MissingDependency(ScenarioRule):
    """A dependency of Chart.yaml is not in `charts/`.

    ## Why
    Helm installs what lies in `charts/` and refuses a chart that lacks one of its dependencies, even one that is
    switched off. When only those that are switched off are missing, the chart is still rendered here, as it would be
    with them.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis # here
        version: 20.1.0
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
        version: 20.1.0
        repository: https://charts.example.com
    ```
    ```yaml
    # charts/redis/Chart.yaml
    apiVersion: v2
    name: redis
    version: 20.1.0
    ```
    """

    id = "missing-dependency"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    troubles = ("constraint",)

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Report each dependency Helm misses; a warning where these values switch all of them off."""
        for failure, severity in ctx.troubles("constraint"):
            for name in missing(failure):
                yield self.fault(
                    Place.in_file(_where(ctx.chart, name)),
                    f"dependency {name!r} is not in charts/, so Helm refuses the chart",
                    help=_cure(ctx.chart),
                    severity=severity,
                )


def _cure(ctx: ChartContext) -> str:
    """What to run, as Helm has it: what is locked is fetched as it is locked."""
    origin = ctx.chart.origin
    if origin.endswith((".tgz", ".tar.gz")):
        return "package the chart again, with 'helm package --dependency-update'"
    locked = "Chart.lock" in ctx.chart.files or "requirements.lock" in ctx.chart.files
    from shlex import quote  # few charts lack anything

    command = f"helm dependency {'build' if locked else 'update'} {quote(origin or '.')}"
    return f"run '{command}' before linting, or lint with --dependency-update"


def _where(ctx: ChartContext, name: str) -> Location:
    """The name in the list of Chart.yaml, or of requirements.yaml for charts of Helm 2."""
    for path in ("Chart.yaml", "requirements.yaml"):
        for index, item in enumerate(items(ctx.data(path), "dependencies")):
            if text(item, "name") == name:
                return ctx.locate(path, Pointer(("dependencies", index, "name")))
    return Location("Chart.yaml")
