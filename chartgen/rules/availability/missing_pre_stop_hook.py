"""Containers that are stopped while requests are still on their way."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import CONTROLLERS, PodSpec, get
from chartgen.rules.availability._serving import serving
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which containers need a hook."""

    served_only: bool = True


class MissingPreStopHook(PodRule):
    """A container that a Service sends requests to has no preStop hook.

    ## Why
    A pod that is stopped gets requests for another few seconds, until every node has heard of it. A `preStop` hook that
    sleeps keeps the program answering until then. Programs that finish their requests and go on listening after the
    signal need none, so this rule is off unless it is asked for.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web # here
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              lifecycle:
                preStop:
                  sleep:
                    seconds: 5
    ```

    ## Options
    - `served-only` (default true): only containers that a Service of the chart sends requests to are judged.
    """

    id = "missing-pre-stop-hook"
    severity = Severity.INFO
    profile = Profile.OPTIONAL
    kinds = CONTROLLERS
    hooks = False
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Ask each container that is judged for a hook."""
        served = [container for container, _ in serving(obj, pod, ctx)]
        for container in served if self.options.served_only else pod.containers:
            if container.long_running and not get(container.body, "lifecycle", "preStop"):
                yield self.fault(
                    Place.on(obj, container.at("lifecycle", "preStop")),
                    f"{container.title} has no preStop hook",
                    help="add lifecycle.preStop with a sleep of a few seconds",
                    fix=Fix(
                        "sleep 5 s before the program is stopped",
                        (SetField(container.at("lifecycle", "preStop", "sleep", "seconds"), 5),),
                        safe=False,
                    ),
                )
