"""Probes whose timing nobody chose."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec, mapping
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The fields that must be written out."""

    fields: tuple[str, ...] = ("periodSeconds", "timeoutSeconds", "failureThreshold")


class ImplicitProbeTiming(PodRule):
    """A probe leaves its timing to Kubernetes' defaults.

    ## Why
    By default a probe asks every 10 seconds, waits 1 second for the answer and gives up after 3 failures. One second is
    short for a program under load, and whoever reads the chart has to know the numbers. Most charts are fine with them,
    so this rule is off unless it is asked for.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              readinessProbe: # here
                periodSeconds: 5
                httpGet:
                  path: /ready
                  port: 8080
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              readinessProbe:
                periodSeconds: 5
                timeoutSeconds: 3
                failureThreshold: 3
                httpGet:
                  path: /ready
                  port: 8080
    ```

    ## Options
    - `fields` (default `[periodSeconds, timeoutSeconds, failureThreshold]`): what every probe must say;
      `initialDelaySeconds` and `successThreshold` are the others there are.
    """

    id = "implicit-probe-timing"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    hooks = False
    keys = ("startupProbe", "readinessProbe", "livenessProbe")
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find probes that lack one of the fields."""
        for container in pod.containers:
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                given = mapping(container.body, probe)
                lacking = [field for field in self.options.fields if given and given.get(field) is None]
                if lacking:
                    yield self.fault(
                        Place.on(obj, container.at(probe), key=True),
                        f"the {probe} of {container.title} does not set {', '.join(lacking)}",
                        help="write the timing out",
                        fix=_fix(container, probe, lacking),
                    )


_DEFAULTS = {
    "initialDelaySeconds": 0,
    "periodSeconds": 10,
    "timeoutSeconds": 1,
    "successThreshold": 1,
    "failureThreshold": 3,
}
"""What Kubernetes takes where a probe does not say. Source: the Probe type of the API reference."""


def _fix(container: Container, probe: str, lacking: list[str]) -> Fix | None:
    if not all(field in _DEFAULTS for field in lacking):
        return None
    actions = tuple(SetField(container.at(probe, field), _DEFAULTS[field]) for field in lacking)
    return Fix("write out what Kubernetes takes anyway", actions)
