"""Slow starters that are also slow to be restarted."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import CONTROLLERS, PodSpec, get
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """How long is too long."""

    seconds: int = 60


class LongLivenessDelay(PodRule):
    """A liveness probe waits long for the program to start, where a startup probe would not.

    ## Why
    `initialDelaySeconds` is waited out after every restart, however quickly the program is up, and a program that takes
    longer once is killed in the middle of its start. A `startupProbe` with a generous `failureThreshold` waits as long
    as needed and no longer; liveness begins when it has succeeded.

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
              livenessProbe:
                initialDelaySeconds: 120 # here
                httpGet:
                  path: /healthz
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
              startupProbe:
                periodSeconds: 5
                failureThreshold: 30
                httpGet:
                  path: /healthz
                  port: 8080
              livenessProbe:
                httpGet:
                  path: /healthz
                  port: 8080
    ```

    ## Options
    - `seconds` (default 60): the first `initialDelaySeconds` that is too long.
    """

    id = "long-liveness-delay"
    severity = Severity.INFO
    profile = Profile.STRICT
    kinds = CONTROLLERS
    hooks = False
    keys = ("initialDelaySeconds",)
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find long delays without a startup probe."""
        for container in pod.containers:
            delay = get(container.body, "livenessProbe", "initialDelaySeconds")
            is_long = isinstance(delay, int) and delay >= self.options.seconds
            if is_long and not container.body.get("startupProbe"):
                yield self.fault(
                    Place.on(obj, container.at("livenessProbe", "initialDelaySeconds")),
                    f"the livenessProbe of {container.title} waits {delay} s after every start",
                    help="add a startupProbe and leave initialDelaySeconds out",
                )
