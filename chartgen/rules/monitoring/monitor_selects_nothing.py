"""Monitors that watch nothing."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.lookup import pods_are_known
from chartgen.rules.monitoring._targets import is_judged, pods_of_monitor, services_anywhere, services_of_monitor
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What a monitor may select, and whether it must select anything."""

    outside: bool = True
    need_selector: bool = False


class MonitorSelectsNothing(ObjectRule):
    """A ServiceMonitor selects no Service of the chart, or a PodMonitor no pod.

    ## Why
    Prometheus accepts the monitor and scrapes nothing; the alerts on its metrics never fire, which looks like good
    health. A ServiceMonitor matches the labels of the Service itself, not those of its pods.

    ## Bad
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      selector: # here
        matchLabels:
          app: web
      endpoints:
        - port: http
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - name: http
          port: 80
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      endpoints:
        - port: http
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: web
    spec:
      selector:
        app: web
      ports:
        - name: http
          port: 80
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: example/web:1.2.0
    ```

    ## Options
    - `outside` (default true): what a monitor selects may be made by others, in other namespaces or by an operator.
      Otherwise it must be rendered.
    - `need-selector` (default false): a monitor whose selector is empty is reported as well.
    """

    id = "monitor-selects-nothing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"ServiceMonitor", "PodMonitor"})
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a selector that matches none of the rendered Services or pods."""
        outside = self.options.outside
        if not mapping(obj.body, "spec", "selector") and (
            outside or not mapping(obj.body, "spec", "namespaceSelector")
        ):
            if self.options.need_selector:
                place = Place.on(obj, Pointer(("spec",)), key=True)
                yield self.fault(place, "has no selector", help="select what it is for")
            return
        if outside and not (is_judged(obj, ctx) and pods_are_known(ctx)):
            return
        if obj.kind == "ServiceMonitor":
            found, what = bool((services_of_monitor if outside else services_anywhere)(obj, ctx)), "Service"
        else:
            found, what = bool(pods_of_monitor(obj, ctx)), "pod"
        if not found:
            yield self.fault(
                Place.on(obj, Pointer(("spec", "selector")), key=True),
                f"the selector matches no {what} of the chart",
                help=f"use labels that the {what} itself carries in metadata.labels",
            )
