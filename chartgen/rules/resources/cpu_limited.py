"""Containers that are throttled beside idle CPUs."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, RemoveField
from chartgen.kube.access import PodSpec, get
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.resources._requests import Which, chosen
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which containers are judged."""

    containers: Which = "long-running"


class CpuLimited(PodRule):
    """A container's CPU is limited.

    ## Why
    A limit stops a container for the rest of each tenth of a second once its share is used, even when its node is idle:
    requests get slow for no reason anyone can see. Requests alone share CPU fairly when it is scarce. Teams that want
    `Guaranteed` pods or charge by limits see it differently, so this rule is off unless it is asked for.

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
              resources:
                requests:
                  cpu: 100m
                limits:
                  cpu: 500m # here
                  memory: 128Mi
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
              resources:
                requests:
                  cpu: 100m
                limits:
                  memory: 128Mi
    ```

    ## Options
    - `containers` (default `long-running`): `long-running` judges main containers and sidecars, `main` main containers
      only, `all` init containers too.
    """

    id = "cpu-limited"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    keys = ("limits",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find limits on CPU."""
        for container in chosen(pod, self.options.containers):
            limit = get(container.body, "resources", "limits", "cpu")
            if limit is not None:
                yield self.fault(
                    Place.on(obj, container.at("resources", "limits", "cpu")),
                    f"the CPU of {container.title} is limited to {limit}",
                    help="leave resources.limits.cpu out and set resources.requests.cpu",
                    fix=Fix(
                        "do not limit the CPU", (RemoveField(container.at("resources", "limits", "cpu")),), safe=False
                    ),
                )
